/** A configuration to begin with, and a request that shows its point. */
export interface Preset {
  readonly id: 'article' | 'caret' | 'nested' | 'hosts'
  readonly text: string
  readonly url: string
}

export const presets: readonly Preset[] = [
  {
    id: 'article',
    url: 'http://teahouse.test/public/app.js?v=1',
    text: `server {
  listen 80;
  server_name teahouse.test;

  location /public {
    alias /srv/teahouse/public/;
  }

  location ~ .*\\.(js|css|txt)$ {
    expires 7d;
  }

  location / {
    proxy_pass http://teahouse;
  }
}
`,
  },
  {
    id: 'caret',
    url: 'http://teahouse.test/public/app.js?v=1',
    text: `server {
  listen 80;
  server_name teahouse.test;

  location ^~ /public/ {
    alias /srv/teahouse/public/;
  }

  location ~ .*\\.(js|css|txt)$ {
    expires 7d;
  }

  location = / {
    return 200 "home";
  }

  location / {
    proxy_pass http://teahouse;
  }
}
`,
  },
  {
    id: 'nested',
    url: 'http://teahouse.test/public/img/leaf.png',
    text: `server {
  listen 80;

  location /public/ {
    location ^~ /public/img/ {
      root /srv/pictures;
    }
  }

  location ~ \\.png$ {
    return 404;
  }

  location / {
    proxy_pass http://teahouse;
  }
}
`,
  },
  {
    id: 'hosts',
    url: 'http://www.teahouse.test/menu',
    text: `server {
  listen 80;
  server_name teahouse.test *.teahouse.test;
  location / {
    proxy_pass http://teahouse;
  }
}

server {
  listen 80;
  server_name about.teahouse.test;
  location / {
    root /srv/about;
  }
}

server {
  listen 80 default_server;
  server_name "";
  location / {
    return 404;
  }
}

server {
  listen 8081;
  location / {
    stub_status;
  }
}
`,
  },
]
