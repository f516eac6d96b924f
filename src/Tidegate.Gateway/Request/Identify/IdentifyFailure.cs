using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>
/// Why a caller was not accepted. The operator is told which reason it was (call log, metric); the caller only whether a credential is missing, wrong, or not
/// enough, so that nothing is learnt by trying.
/// </summary>
/// <param name="Reason">The reason as a stable word.</param>
/// <param name="Refusal">The answer.</param>
internal sealed record IdentifyFailure(string Reason, Refusal Refusal)
{
    private const string Realm = "Bearer realm=\"tidegate\"";

    public static readonly IdentifyFailure Missing = new("missing", new Refusal(401, CallOutcome.Unauthenticated, "unauthenticated",
        "This route needs a credential: an API key or a bearer token.", "identify")
    { Challenge = Realm, Internal = "identify: missing" });

    public static readonly IdentifyFailure MissingCertificate = new("missing", Missing.Refusal with { Detail = "This route needs a client certificate." });

    public static readonly IdentifyFailure ManyCredentials = Wrong("many_credentials");
    public static readonly IdentifyFailure UnknownKey = Wrong("unknown_key");
    public static readonly IdentifyFailure ExpiredKey = Wrong("expired_key");
    public static readonly IdentifyFailure Oversized = Wrong("oversized");
    public static readonly IdentifyFailure Malformed = Wrong("malformed");
    public static readonly IdentifyFailure DuplicateClaim = Wrong("duplicate_claim");
    public static readonly IdentifyFailure Algorithm = Wrong("algorithm");
    public static readonly IdentifyFailure UnknownKid = Wrong("unknown_kid");
    public static readonly IdentifyFailure Signature = Wrong("signature");
    public static readonly IdentifyFailure Issuer = Wrong("issuer");
    public static readonly IdentifyFailure Audience = Wrong("audience");
    public static readonly IdentifyFailure ExpiredToken = Wrong("expired_token");
    public static readonly IdentifyFailure NotYetValid = Wrong("not_yet_valid");
    public static readonly IdentifyFailure NoSubject = Wrong("no_subject");
    public static readonly IdentifyFailure UnknownSubject = Wrong("unknown_subject");
    public static readonly IdentifyFailure UnknownCertificate = Wrong("unknown_certificate");

    public static readonly IdentifyFailure KeysUnavailable = new("keys_unavailable", new Refusal(503, CallOutcome.Unavailable, "keys_unavailable",
        "Tokens cannot be checked at the moment.", "identify")
    { RetryAfterSeconds = 10, Internal = "identify: the issuer's key set has never been fetched" });

    public static readonly IdentifyFailure Suspended = NotAllowed("suspended");
    public static readonly IdentifyFailure RouteAccess = NotAllowed("route_access");
    public static readonly IdentifyFailure ConsumerNotListed = NotAllowed("consumer_not_listed");

    /// <summary>A caller without the scopes a route needs (RFC 6750 §3.1).</summary>
    public static IdentifyFailure Scope(string[] needed) => new("scope", new Refusal(403, CallOutcome.Forbidden, "insufficient_scope",
        $"This route needs the scopes: {string.Join(' ', needed)}.", "identify")
    {
        Challenge = $"{Realm}, error=\"insufficient_scope\", scope=\"{string.Join(' ', needed)}\"", Internal = "identify: scope",
    });

    private static IdentifyFailure Wrong(string reason) => new(reason, new Refusal(401, CallOutcome.Unauthenticated, "unauthenticated",
        "The credential is not valid.", "identify")
    { Challenge = Realm + ", error=\"invalid_token\"", Internal = "identify: " + reason });

    private static IdentifyFailure NotAllowed(string reason) => new(reason, new Refusal(403, CallOutcome.Forbidden, "forbidden",
        "This caller may not call this route.", "identify")
    { Internal = "identify: " + reason });
}
