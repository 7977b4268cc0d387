import cors from 'cors';
import express from 'express';

const app = express();
const origins = ['https://app.example.com', 'https://admin.example.com/', 'www.example.com'];
//                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
//                                                                         ^^^^^^^^^^^^^^^ warning
app.use(cors({ origin: origins, credentials: true }));
app.use('/local', cors({ origin: ['localhost:3000', 'HTTPS://Shop.Example.com:443', 'https://*.example.org', /\.example\.net$/] }));
//                                 ^^^^^^^^^^^^^^ warning
//                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
//                                                                                   ^^^^^^^^^^^^^^^^^^^^^ warning
app.use('/any', cors({ origin: ['*'] }));
//                               ^ warning
app.get('/', (_req, res) => {
	res.send('hello');
});
