import type { AppFixture } from './oracle';

/** A Nest app whose `bootstrap` holds `body`; `app.init()` does what `app.listen()` does but open a port. */
const nest = (name: string, body: string, more: Partial<AppFixture> & { readonly create?: string } = {}): AppFixture => ({
	name: `nest: ${name}`,
	files: {
		'app.ts': `import 'reflect-metadata';
import { Controller, Get, Header, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';

@Controller()
class HomeController {
	@Get()
	home() { return 'home'; }
	@Post('form')
	form() { return {}; }
	@Get('boom')
	boom() { throw new Error('boom'); }
}

@Module({ controllers: [HomeController] })
class AppModule {}

async function bootstrap() {
	const app = await NestFactory.create<NestExpressApplication>(AppModule, ${more.create ?? '{ logger: false }'});
	${body}
	return app.getHttpAdapter().getInstance();
}
export const app = bootstrap();
`,
	},
	requests: ['GET /boom', 'POST /form', 'HEAD /'],
	...more,
});

/** NestJS 11 on express (spec/helmet.md section 4, last paragraph). */
export const nestApps: readonly AppFixture[] = [
	nest('helmet before init', 'app.use(helmet());\n\tawait app.init();'),
	nest('helmet behind init', 'await app.init();\n\tapp.use(helmet());'),
	nest('no helmet', 'await app.init();'),
	nest('options of helmet', "app.use(helmet({ frameguard: { action: 'deny' }, contentSecurityPolicy: false }));\n\tawait app.init();"),
	nest('enableCors before helmet', 'app.enableCors();\n\tapp.use(helmet());\n\tawait app.init();'),
	nest('enableCors behind helmet', 'app.use(helmet());\n\tapp.enableCors();\n\tawait app.init();'),
	nest('cors by an option', 'app.use(helmet());\n\tawait app.init();', { create: '{ logger: false, cors: true }' }),
	nest('x-powered-by switched off', "app.disable('x-powered-by');\n\tawait app.init();"),
	nest(
		'a header by a middleware of its own',
		`app.use(helmet());
	app.use((_req: unknown, res: any, next: () => void) => { res.setHeader('Permissions-Policy', 'camera=()'); next(); });
	await app.init();`,
	),
	nest('helmet on a path', "app.use('/form', helmet());\n\tawait app.init();"),
	nest('a global prefix', "app.setGlobalPrefix('api');\n\tapp.use(helmet());\n\tawait app.init();", {
		requests: ['GET /api', 'GET /api/boom'],
	}),
];
