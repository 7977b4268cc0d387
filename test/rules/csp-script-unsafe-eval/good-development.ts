import express from 'express';
import helmet from 'helmet';

const app = express();
const isDev = process.env.NODE_ENV === 'development';

app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			defaultSrc: ["'self'"],
			scriptSrc: isDev ? ["'self'", "'unsafe-eval'"] : ["'self'"],
		},
	},
}));
