using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Tokens are checked with asymmetric keys from one place.</summary>
internal sealed class JwtRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Identify.Jwt.Count == 0) return;
        var issuers = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < spec.Identify.Jwt.Count; i++)
        {
            var (jwt, path) = (spec.Identify.Jwt[i], $"spec.identify.jwt[{i}]");
            if (!issuers.Add(jwt.Issuer)) scope.Error("duplicate_issuer", $"{path}.issuer", $"The issuer \"{jwt.Issuer}\" stands here twice: put all audiences into one.");
            if ((jwt.JwksUri is null) == (jwt.JwksFile is null)) scope.Error("exactly_one", path, "Give exactly one of jwksUri and jwksFile.");
            KeySet(jwt.JwksUri, $"{path}.jwksUri", scope);
            for (int a = 0; a < jwt.Algorithms.Count; a++) Algorithm(jwt.Algorithms[a], $"{path}.algorithms[{a}]", scope);
            if (jwt.Algorithms.Count == 0) scope.Error("too_few", $"{path}.algorithms", $"No token would be accepted: give some of {string.Join(", ", Legal)}.");
            if (jwt.ConsumerClaim.Length == 0) scope.Error("bad_name", $"{path}.consumerClaim", "Give the name of a claim.");
            if (jwt.ScopeClaim.Length == 0) scope.Error("bad_name", $"{path}.scopeClaim", "Give the name of a claim.");
        }
    }

    private static readonly string[] Legal = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

    private static void KeySet(Uri? uri, string path, ResourceScope scope)
    {
        if (uri is null) return;
        if (uri.Scheme is not ("http" or "https")) scope.Error("bad_address", path, "Give an https:// address.");
        else if (uri.Scheme == "http" && !uri.IsLoopback) scope.Warning("insecure_key_set", path, "Anyone between the gateway and the issuer can put in keys of their own: use https.");
    }

    private static void Algorithm(string name, string path, ResourceScope scope)
    {
        if (Legal.Contains(name, StringComparer.Ordinal)) return;
        var reason =
            string.Equals(name, "none", StringComparison.OrdinalIgnoreCase) ? "Tokens without a signature are never accepted"
            : name.StartsWith("HS", StringComparison.OrdinalIgnoreCase) ? "Shared-secret signatures (HMAC) are never accepted: whoever can check such a token can make one"
            : $"\"{name}\" is no known algorithm";
        scope.Error("bad_algorithm", path, $"{reason}. Legal: {string.Join(", ", Legal)}.");
    }
}
