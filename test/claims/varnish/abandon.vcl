vcl 4.1;

backend teahouse {
    .host = "origin";
    .port = "3000";
}

# The query tells the tests' origin how to answer this time, so it is not in the key.
sub vcl_hash {
    hash_data(regsub(req.url, "\?.*$", ""));
    return (lookup);
}

# region abandon
sub vcl_backend_response {
    # Fetched behind a reader's back, and no good: the old page stays where it is.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
}
# endregion abandon
