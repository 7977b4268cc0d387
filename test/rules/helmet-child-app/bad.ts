import express from 'express';
import helmet from 'helmet';

const app = express();

const admin = express();
//            ^^^^^^^^^ warning
admin.get('/', (_req, res) => {
	res.send('admin');
});

app.use(helmet());
app.use('/admin', admin);

app.get('/', (_req, res) => {
	res.send('hello');
});
