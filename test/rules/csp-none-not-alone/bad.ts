import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { frameSrc: ["'none'", 'https://video.example.com'] } } }));
//                                                                  ^^^^^^ warning
app.get('/', (req, res) => res.send('<p>Hello</p>'));
