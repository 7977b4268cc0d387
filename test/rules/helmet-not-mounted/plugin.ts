import helmet from '@fastify/helmet';
import Fastify from 'fastify';

const app = Fastify();
app.register(helmet, { global: false });
//< warning
app.get('/', { helmet: { frameguard: { action: 'deny' } } }, async () => 'hello');
app.listen({ port: 3000 });
