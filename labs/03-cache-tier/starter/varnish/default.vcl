vcl 4.1;

import directors;
import std;

backend web1 { .host = "web1"; .port = "3000"; .connect_timeout = 1s; }
backend web2 { .host = "web2"; .port = "3000"; .connect_timeout = 1s; }

sub vcl_init {
    new house = directors.round_robin();
    house.add_backend(web1);
    house.add_backend(web2);
}

sub vcl_recv {
    set req.backend_hint = house.backend();

    # TODO task 2: one copy of each page and language, whatever readers bring with them.
    # TODO task 4: PURGE and BAN, for the application alone.
    # What you do not decide, Varnish's own vcl_recv does: it passes what has a Cookie.
}

sub vcl_backend_response {
    # TODO task 5: how long may a page be given that has ended? (beresp.grace)
}
