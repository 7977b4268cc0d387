import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { reportTo: ['csp-endpoint'] } } }));
app.use((_req, res, next) => {
  res.setHeader('Reporting-Endpoints', 'csp-endpoint="/csp-report"');
  next();
});
app.get('/', (req, res) => res.send('<p>Hello</p>'));
