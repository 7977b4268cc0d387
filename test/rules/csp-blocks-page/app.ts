import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { imgSrc: ["'self'", 'data:'] } } }));
//               ^^^^^^^^^^^^^^^^^^^^^ warning
//                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^ warning
app.use(express.static('public'));
app.get('/health', (req, res) => res.send('ok'));
app.listen(3000);
