import express from 'express';
import helmet from 'helmet';
import { createProxyMiddleware } from 'http-proxy-middleware';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: ['/csp-report'] } } }));
app.use(createProxyMiddleware({ target: 'http://localhost:9000' }));
