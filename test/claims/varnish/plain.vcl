# region plain
vcl 4.1;

backend teahouse {
    .host = "origin";
    .port = "3000";
}
# endregion plain
