vcl 4.1;

backend teahouse {
    .host = "origin";
    .port = "3000";
}

# region ttl-zero
sub vcl_backend_response {
    if (beresp.http.Cache-Control ~ "private") {
        # Looks like "do not keep this". Means: ask one after the other.
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        return (deliver);
    }
}
# endregion ttl-zero
