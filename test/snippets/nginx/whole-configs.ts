/** Configurations as people have them, in our own words; they name no file that is not there. */
export const wholeConfigs: readonly string[] = [
  `server {
    listen 80;
    listen [::]:80;
    server_name teahouse.test www.teahouse.test;
    root /srv/teahouse;
    index index.html index.htm;
    merge_slashes on;
    location / {
        try_files $uri $uri/ =404;
    }
    location ~* \\.(?:css|js|png)$ {
        expires 7d;
        access_log off;
        add_header Cache-Control "public";
    }
    location = /favicon.ico { log_not_found off; }
    error_page 404 /404.html;
    error_page 500 502 /50x.html;
    location = /50x.html { internal; root /srv/errors; }
}`,
  `upstream app {
    least_conn;
    server 127.0.0.1:9001 weight=2 max_fails=3 fail_timeout=5s;
    server 127.0.0.1:9002 backup;
    keepalive 8;
}
map $http_upgrade $connection_upgrade {
    default upgrade;
    "" close;
}
server {
    listen 8080 default_server;
    server_name _;
    return 301 https://teahouse.test$request_uri;
}
server {
    listen 8080;
    server_name teahouse.test *.teahouse.test;
    client_max_body_size 10m;
    location / {
        proxy_pass http://app;
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_next_upstream error timeout http_502;
        proxy_read_timeout 30s;
    }
    location ^~ /static/ { alias /srv/static/; gzip on; }
    location @later { return 503 "later"; }
    location /api/ {
        proxy_pass http://app/;
        proxy_buffering off;
        limit_except GET { deny all; }
        location ~ \\.json$ { proxy_pass http://app; }
    }
}`,
  `proxy_cache_path /tmp/pages keys_zone=pages:1m inactive=10m max_size=10m;
log_format short "$remote_addr $status";
gzip on;
gzip_types text/css application/json;
server {
    listen 127.0.0.1:8081;
    server_name ~^(?<user>[a-z]+)\\.teahouse\\.test$;
    access_log /tmp/teahouse.log short;
    error_log /tmp/teahouse-errors.log warn;
    set $skip 0;
    if ($request_method = POST) { set $skip 1; }
    rewrite ^/old/(.*)$ /new/$1 permanent;
    location / {
        proxy_pass http://127.0.0.1:9001;
        proxy_cache pages;
        proxy_cache_valid 200 301 10m;
        proxy_cache_bypass $skip;
        proxy_cache_use_stale error updating;
        proxy_redirect off;
    }
    location ~ \\.php$ {
        fastcgi_pass 127.0.0.1:9003;
        fastcgi_index index.php;
        fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
    }
    location /admin {
        allow 10.0.0.0/8;
        deny all;
        auth_basic "the kitchen";
        auth_basic_user_file /tmp/people;
        keepalive_timeout 30s;
        send_timeout 10s;
    }
}`,
]
