"""The admin runs no inline script either.

Wagtail starts some of its widgets with a script beside each. Here each says in a `<template>` what to start, and
`static/admin.js` starts it, also in rows and blocks that are added later. So the admin's content security policy can refuse
what is written into a page.

And what is saved from its lists and reports has no formula in it.
"""
