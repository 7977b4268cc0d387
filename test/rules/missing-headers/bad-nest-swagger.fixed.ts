import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { AppModule } from './app.module';

async function bootstrap() {
	const app = await NestFactory.create(AppModule);
	app.use(helmet());
	app.use((_req: unknown, res: { setHeader(name: string, value: string): void }, next: () => void) => {
		res.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
		next();
	});
	const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Shop').build());
	SwaggerModule.setup('docs', app, document);
	await app.listen(3000);
}
bootstrap();
