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
