import express from 'express';
import helmet from 'helmet';

const app = express();
app.use((_req, res, next) => {
  res.setHeader('Reporting-Endpoints', 'csp-endpoint="/csp-report"');
  next();
});
app.disable('x-powered-by');
app.use('/x', helmet.contentSecurityPolicy({ directives: { styleSrc: ["'self'"], reportUri: ['/csp-report'], reportTo: ['csp-endpoint'] }, reportOnly: true }));
app.use('/y', helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'self'"], reportUri: ['/csp-report'], reportTo: ['csp-endpoint'] }, reportOnly: true }));
app.get('/', (_req, res) => {
  res.send('x');
});
app.listen(3000);
