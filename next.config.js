/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  agentRules: false,
  // Next's development log prints the arguments of server actions, passwords among them.
  logging: { serverFunctions: false },
  // forbidden() answers 403 with app/forbidden.tsx.
  experimental: { authInterrupts: true },
};
