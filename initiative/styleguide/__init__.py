"""The living style guide: tokens, drawings and every component of `templates/components/` in every state, at /styleguide/.

It is documentation for whoever builds the site, so like `docs/` it is written in English; the samples are in the language
that one looks at them in. `declarations` reads what a component declares, `samples/` has a module for each with its states,
`tokens` and `colours` read `static/css/tokens.css`.
"""
