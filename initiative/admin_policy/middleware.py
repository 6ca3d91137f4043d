"""What pages of the admin may do."""

from django.conf import settings


class AdminPolicyMiddleware:
    """The admin's own content security policy, where the public pages' would be."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(f"/{settings.ADMIN_PATH}/"):
            response._csp_config = settings.ADMIN_POLICY
        return response
