vcl 4.1;

backend teahouse {
    .host = "origin";
    .port = "3000";
}

# region open
sub vcl_recv {
    if (req.method == "PURGE") {
        return (purge);
    }
}
# endregion open
