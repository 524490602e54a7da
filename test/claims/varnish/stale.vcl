vcl 4.1;

import std;

# region probe
backend teahouse {
    .host = "origin";
    .port = "3000";
    # Five times a second, with no reader involved.
    .probe = {
        .url = "/healthz";
        .interval = 200ms;
        .timeout = 1s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}
# endregion probe

# region grace
sub vcl_recv {
    # While the origin is well: at most a second too old.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 1s;
    }
}

sub vcl_backend_response {
    # When it is not: a page of today is better than none.
    set beresp.grace = 24h;
}
# endregion grace
