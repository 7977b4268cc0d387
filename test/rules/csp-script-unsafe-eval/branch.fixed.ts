import express from 'express';
import helmet from 'helmet';

const app = express();
const legacy = process.env.LEGACY_CHARTS === '1';

app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			defaultSrc: ["'self'"],
			scriptSrc: legacy ? ["'self'"] : ["'self'"],
		},
	},
}));
