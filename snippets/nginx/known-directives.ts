const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/**
 * These have no say in which server or location answers a request; their arguments are not read.
 * nginx searches again after `index` found a file; the model shows the search for the request itself.
 */
export const withoutInfluence = words(`
  access_log add_header alias autoindex charset client_body_buffer_size client_max_body_size
  default_type deny allow error_log etag expires fastcgi_index fastcgi_param fastcgi_pass grpc_pass
  gzip gzip_comp_level gzip_min_length gzip_types gzip_vary index keepalive_timeout
  limit_rate limit_req limit_conn log_not_found memcached_pass proxy_buffering proxy_buffers
  proxy_buffer_size proxy_cache proxy_cache_valid proxy_connect_timeout proxy_http_version
  proxy_next_upstream proxy_pass proxy_read_timeout proxy_redirect proxy_send_timeout
  proxy_set_header real_ip_header root scgi_pass send_timeout sendfile server_tokens
  set_real_ip_from stub_status tcp_nodelay tcp_nopush types uwsgi_pass
`)

/** These end or change the search, or hide it elsewhere: refused until they are modelled. */
export const notModelled = words(`
  absolute_redirect auth_basic auth_basic_user_file auth_request break error_page
  events geo http if include internal keepalive large_client_header_buffers limit_except map mirror
  port_in_redirect proxy_intercept_errors recursive_error_pages resolver rewrite rewrite_log satisfy
  server_name_in_redirect set split_clients ssl_certificate ssl_certificate_key ssl_protocols
  ssl_ciphers ssl_session_cache stream sub_filter try_files underscores_in_headers user
  worker_processes
`)
