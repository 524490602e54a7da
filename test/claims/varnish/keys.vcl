vcl 4.1;

import std;

backend teahouse {
    .host = "origin";
    .port = "3000";
}

# region recv
sub vcl_recv {
    # What advertisers hang on a link, the origin never reads.
    set req.url = regsuball(req.url,
        "(?i)([?&])(utm_[a-z]+|fbclid|gclid)=[^&]*", "\1");
    # That leaves "?&", "&&", and a "?" or "&" at the end.
    set req.url = regsuball(req.url, "([?&])&+", "\1");
    set req.url = regsub(req.url, "[?&]$", "");
    # ?a=1&b=2 and ?b=2&a=1 are the same page.
    set req.url = std.querysort(req.url);

    # A stylesheet is the same for everybody, signed in or not.
    if (req.url ~ "^/public/") {
        unset req.http.Cookie;
    }
}
# endregion recv

# region language
sub vcl_recv {
    # Hundreds of spellings, such as "zh-CN,zh;q=0.9,en;q=0.8"; two pages.
    if (req.http.Accept-Language ~ "^zh") {
        set req.http.Accept-Language = "zh";
    } else {
        set req.http.Accept-Language = "en";
    }
}
# endregion language
