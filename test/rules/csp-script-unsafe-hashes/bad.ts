import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { scriptSrc: ["'unsafe-hashes'", "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"] } } }));
//                                                                   ^^^^^^^^^^^^^^^ info
app.get('/', (req, res) => res.send('<p>Hello</p>'));
