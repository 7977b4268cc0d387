import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecuirtyPolicy: { directives: {} }, hstss: { maxAge: 31536000 } }));
//               ^^^^^^^^^^^^^^^^^^^^^ warning
//                                                          ^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
