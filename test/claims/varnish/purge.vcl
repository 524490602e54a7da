vcl 4.1;

import std;

backend teahouse {
    .host = "origin";
    .port = "3000";
}

# region purge
acl staff {
    "127.0.0.1";
}

sub vcl_recv {
    if (req.method == "PURGE" || req.method == "BAN") {
        if (client.ip !~ staff) {
            return (synth(403, "Not you"));
        }
    }
    if (req.method == "PURGE") {
        return (purge);
    }
}
# endregion purge

# region ban
sub vcl_recv {
    if (req.method == "BAN") {
        # Every page whose address fits.
        if (!std.ban("obj.http.x-url ~ " + req.http.x-ban)) {
            return (synth(400, std.ban_error()));
        }
        return (synth(200, "Banned"));
    }
}

sub vcl_backend_response {
    # For bans: their housekeeper sees the pages, not the requests.
    set beresp.http.x-url = bereq.url;
}

sub vcl_deliver {
    unset resp.http.x-url;
}
# endregion ban
