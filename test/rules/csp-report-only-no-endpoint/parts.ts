import express from 'express';
import helmet from 'helmet';

const app = express();
app.disable('x-powered-by');
app.use('/x', helmet.contentSecurityPolicy({ directives: { styleSrc: ["'self'"] }, reportOnly: true }));
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
app.use('/y', helmet.contentSecurityPolicy({ directives: { scriptSrc: ["'self'"] }, reportOnly: true }));
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
app.get('/', (_req, res) => {
  res.send('x');
});
app.listen(3000);
