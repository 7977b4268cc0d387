/** Definitions of matchers, some of them with a mistake of their own. */
export const matchers: readonly string[] = [
	...[
		'path /a /b',
		'path_regexp r ^/a',
		'path_regexp ^/a',
		'header X-A b',
		'header X-A',
		'header !X-A',
		'header_regexp X-A ^b',
		'header_regexp n X-A ^b',
	],
	...[
		'method GET POST',
		'host a.test *.b.test',
		'query a=b c=d',
		'query a',
		'protocol https',
		'protocol',
		'remote_ip 10.0.0.0/8 private_ranges',
	],
	...['client_ip 1.2.3.4', 'not path /a', 'not {\n\tpath /a\n\tmethod GET\n}', 'expression `{path} == "/a"`', 'expression path("/a")'],
	...['`path("/a")`', 'file {path}', 'file {\n\troot /srv\n\ttry_files {path} index.html\n\ttry_policy first_exist\n\tsplit_path .php\n}'],
	...[
		'vars a b c',
		'vars_regexp v ^x',
		'vars_regexp n v ^x',
		'tls',
		'tls early_data',
		'path',
		'not',
		'header',
		'expression',
		'',
		'{\n\tpath /a\n\theader X-A b\n}',
	],
	...['{\n}'],
];

/** Uses of the standard directives. */
export const directives: readonly string[] = [
	...[
		'respond @m ok',
		'header @m X-A b',
		'header {\n\tX-A b\n\t-X-B\n\t>X-C d\n\tdefer\n}',
		'handle @m {\n\trespond a\n}',
		'handle_path /a/* {\n\trespond a\n}',
	],
	...[
		'route {\n\trespond a\n}',
		'reverse_proxy @m app:1 {\n\theader_down X-A b\n\t@r status 404\n\thandle_response @r {\n\t\trespond a\n\t}\n}',
	],
	...[
		'intercept {\n\t@i status 5xx\n\thandle_response @i {\n\t\trespond b\n\t}\n}',
		'encode gzip {\n\tmatch {\n\t\tstatus 200\n\t\theader Content-Type text/*\n\t}\n\tminimum_length 5\n}',
	],
	...[
		'handle_errors 404 5xx {\n\trespond e\n}',
		'rewrite @m /b',
		'uri strip_prefix /a',
		'redir @m /to 302',
		'try_files {path} /index.html',
	],
	...['php_fastcgi app:9000 {\n\troot /srv\n\tsplit .php\n\tindex index.php\n}', 'forward_auth app:1 {\n\turi /x\n\tcopy_headers A B>C\n}'],
	...[
		'basic_auth @m {\n\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n}',
		'map {path} {a} {b} {\n\t/x 1 2\n\t~^/(y) $1 3\n\tdefault 4 5\n}',
	],
	...[
		'request_body {\n\tmax_size 1MB\n}',
		'log {\n\toutput stdout\n\tformat json\n\tlevel INFO\n}',
		'file_server browse {\n\thide .git\n}',
	],
	...['templates {\n\tbetween {{ }}\n}', 'vars {\n\ta 1\n}', 'method POST', 'error @m "x" 404', 'abort @m', 'root * /srv', 'invoke r'],
	...[
		'import s a',
		'import s a {\n\trespond b\n}',
		'tls internal',
		'bind 127.0.0.1',
		'metrics',
		'acme_server',
		'log_append a b',
		'log_skip @m',
	],
	...['log_name x', 'push /a.css', 'push {\n\tGET /a\n\theaders {\n\t\tA b\n\t}\n}', 'request_header X-A b', 'fs x', 'copy_response'],
	...['skip_log', 'basicauth {\n\tbob $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG\n}'],
];

/** Global options. */
export const globals: readonly string[] = [
	...['debug', 'http_port 8080', 'order header last', 'servers {\n\tprotocols h1 h2\n\ttimeouts {\n\t\tread_body 1s\n\t}\n}'],
	...[
		'email a@b.c',
		'log {\n\toutput stderr\n}',
		'auto_https off',
		'local_certs',
		'admin off',
		'storage file_system /x',
		'grace_period 1s',
	],
	...['default_sni a.test', 'on_demand_tls {\n\task http://x/y\n}', 'pki {\n\tca local {\n\t\tname x\n\t}\n}', 'events {\n}'],
	...['import s a', 'filesystem x {\n}', 'skip_install_trust', 'cert_issuer internal', 'ocsp_stapling off', 'preferred_chains smallest'],
	...['metrics', 'persist_config off'],
];
