import helmet from '@fastify/helmet';
import Fastify from 'fastify';

async function build() {
	const fastify = Fastify();
	await fastify.register(helmet);
	fastify.get('/', { helmet: {} }, () => 'refused at start');
	fastify.get('/frame', { helmet: { frameguard: { action: 'deny' } } }, () => 'status 500');
	fastify.get('/fine', { helmet: false }, () => 'nothing set');
	return fastify;
}
void build();
