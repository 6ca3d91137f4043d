"""Open data: what is public of partners and commitments, as a read API and as files. One list of fields serves all."""
