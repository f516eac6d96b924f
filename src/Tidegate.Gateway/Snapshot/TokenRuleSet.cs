using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Identify.Tokens;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The token issuers of one snapshot: routes that describe an issuer alike share it, and so does the snapshot before, with its keys and verified tokens.</summary>
internal sealed class TokenRuleSet
{
    private readonly Dictionary<string, TokenRule> _rules = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public TokenRuleSet(GatewaySnapshot? previous, TimeProvider time, ILoggerFactory loggers)
    {
        (_time, _logger) = (time, loggers.CreateLogger<KeySetSource>());
        foreach (var route in previous?.Routes.Routes ?? [])
            foreach (var rule in route.Identify.Tokens) _rules[rule.Fingerprint] = rule;
    }

    /// <summary>The issuers of a route.</summary>
    public TokenRule[] Of(Resource<RouteConfig> route, FindingList findings)
    {
        var rules = new List<TokenRule>();
        for (var i = 0; i < route.Spec.Identify.Jwt.Count; i++)
        {
            var config = route.Spec.Identify.Jwt[i];
            IKeySetReader? reader = config.JwksUri is { } address ? new HttpKeySetReader(address, _time) : config.JwksFile is { } file ? new FileKeySetReader(file) : null;
            if (reader is null) findings.Error(route, "no_key_set", $"spec.identify.jwt[{i}]", "Give the issuer's key set: jwksUri or jwksFile.");
            else rules.Add(Of(config, reader));
        }

        return [.. rules];
    }

    private TokenRule Of(JwtConfig config, IKeySetReader reader)
    {
        var fingerprint = TokenRule.FingerprintOf(config);
        if (!_rules.TryGetValue(fingerprint, out var rule))
            _rules[fingerprint] = rule = new TokenRule(config, new KeySetSource(reader, config.JwksMaxAge, _time, _logger), _time);
        return rule;
    }
}
