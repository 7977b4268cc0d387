import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ hsts: false, contentSecurityPolicy: false }));
//               ^^^^^^^^^^^ warning
//                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning

app.get('/', (_req, res) => {
	res.send('hello');
});
