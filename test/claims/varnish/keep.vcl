vcl 4.1;

backend teahouse {
    .host = "origin";
    .port = "3000";
}

# region keep
sub vcl_backend_response {
    # Of no use to a reader any more, and still good for the question "has it changed?"
    set beresp.grace = 0s;
    set beresp.keep = 1h;
}
# endregion keep
