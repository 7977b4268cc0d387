import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportUri: ['/csp-report'], reportTo: ['csp-endpoint'] } } }));
app.get('/', (req, res) => res.send('<p>Hello</p>'));
