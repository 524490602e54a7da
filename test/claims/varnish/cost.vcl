vcl 4.1;

backend teahouse {
    .host = "127.0.0.1";
    .port = "3001";
}

sub vcl_backend_response {
    # Whatever the page itself says of it: this is about the way, not the page.
    if (bereq.uncacheable) {
        return (deliver);
    }
    unset beresp.http.Vary;
    set beresp.ttl = 10m;
    return (deliver);
}
