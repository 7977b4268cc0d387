import helmet from '@fastify/helmet';
import Fastify from 'fastify';

async function build() {
	const fastify = Fastify();
	await fastify.register(helmet);
	fastify.get('/', { helmet: true }, () => 'refused at start');
//                          ^^^^ error
	fastify.get('/frame', { helmet: { frameguard: { action: 'nope' } } }, () => 'status 500');
//                                                        ^^^^ error
	fastify.get('/fine', { helmet: false }, () => 'nothing set');
	return fastify;
}
void build();
