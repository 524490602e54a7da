vcl 4.1;

import directors;
import std;

probe well {
    .url = "/healthz";
    .interval = 1s;
    .timeout = 1s;
    .window = 3;
    .threshold = 2;
    .initial = 2;
}

backend web1 { .host = "web1"; .port = "3000"; .connect_timeout = 1s; .probe = well; }
backend web2 { .host = "web2"; .port = "3000"; .connect_timeout = 1s; .probe = well; }

sub vcl_init {
    new house = directors.round_robin();
    house.add_backend(web1);
    house.add_backend(web2);
}

# region purge
# Only the application itself. Not nginx: it brings the requests of the whole world.
acl house_members {
    "web1";
    "web2";
}

sub throw_away {
    if (req.method == "PURGE" || req.method == "BAN") {
        if (client.ip !~ house_members) {
            return (synth(403, "Not for you"));
        }
        if (req.method == "PURGE") {
            return (purge);
        }
        # By a header of the stored object, so that the ban lurker can work it off.
        if (std.ban("obj.http.X-Url ~ ^" + req.url)) {
            return (synth(200, "Banned"));
        }
        return (synth(400, std.ban_error()));
    }
}
# endregion purge

# region recv
sub vcl_recv {
    set req.backend_hint = house.backend();
    call throw_away;

    # Where a reader came from changes nothing on the page; what page they want does.
    set req.url = regsuball(req.url, "([?&])(utm_[^=&]*|fbclid|gclid|msclkid)=[^&]*", "\1");
    set req.url = regsuball(req.url, "([?&])&+", "\1");
    set req.url = regsub(req.url, "[?&]$", "");
    set req.url = std.querysort(req.url);

    # The thousand ways to say Accept-Language are two pages.
    if (req.http.Accept-Language ~ "(?i)^\s*zh") {
        set req.http.Accept-Language = "zh";
    } else {
        set req.http.Accept-Language = "en";
    }

    # Static files are the same for everybody; other pages, for everybody who is not signed in.
    if (req.url ~ "^/(public|avatars)/") {
        unset req.http.Cookie;
        unset req.http.Authorization;
    } elseif (req.http.Cookie !~ "(^|;\s*)teahouse_session=" && req.url != "/cup") {
        unset req.http.Cookie;
    }

    # While the house is well, nobody gets a page that is much too old.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 10s;
    }
    # The rest is Varnish's own vcl_recv: it passes what has a Cookie or an Authorization.
}
# endregion recv

# region hash
sub vcl_hash {
    # The house has one name, whatever readers call it; the language is in Vary.
    hash_data(req.url);
    return (lookup);
}
# endregion hash

# region response
sub vcl_backend_response {
    set beresp.http.X-Url = bereq.url;
    # A failure that was fetched in the background must not take the good page's place.
    if (beresp.status >= 500 && bereq.is_bgfetch) {
        return (abandon);
    }
    # An hour longer, should the application die. Varnish's own vcl_backend_response keeps nothing
    # that is private or sets a cookie.
    set beresp.grace = 1h;
}

sub vcl_deliver {
    unset resp.http.X-Url;
    if (obj.hits == 0) {
        set resp.http.X-Varnish-Cache = "miss";
    } elseif (obj.ttl < 0s) {
        set resp.http.X-Varnish-Cache = "stale";
    } else {
        set resp.http.X-Varnish-Cache = "hit";
    }
}
# endregion response
