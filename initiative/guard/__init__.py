"""What a form that anybody may send needs, without a cookie and without a puzzle.

    class ReportForm(GuardedForm): …                    # a trap for machines, and when the form was opened

    REPORTS = Limit("reports", times=10, period=timedelta(hours=1))

    @never_cache
    @from_this_site                                     # instead of a token that would need a cookie
    def report(request):
        form = ReportForm(request.POST or None)
        if form.is_valid():
            if form.is_trapped: …                       # answer as if all were well, do nothing
            if not REPORTS.take(visitor(request)): …    # too many: say so

In the template: `{% include "components/guard.html" with form=form only %}` inside the form. What was counted is
forgotten after a day.
"""
