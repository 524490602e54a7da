vcl 4.1;

# Nothing behind it yet: every request is answered 503 until another file is mounted here.
backend default none;
