const frames = process.env.FRAMES;

const policy = `
  default-src 'self';
  img-src 'self' data:;
  frame-ancestors 'self' ${frames};
`;

export default {
	async headers() {
		return [
			{
				source: '/:path*',
				headers: [{ key: 'Content-Security-Policy', value: policy.replace(/\s{2,}/g, ' ').trim() }],
			},
		];
	},
};
