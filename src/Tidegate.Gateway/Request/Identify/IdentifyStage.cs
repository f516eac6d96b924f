using System.Diagnostics.Metrics;
using Microsoft.Net.Http.Headers;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Identify.Tokens;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>
/// Who calls, and may they call this route. The first place that holds a credential decides: key header, key parameter, <c>Authorization</c>, client certificate.
/// Where a route reads keys, none goes on to the upstream, used or not; any other credential that was not used is none of our business and goes on.
/// </summary>
internal sealed class IdentifyStage(ClientCertificates certificates, TimeProvider time, Meter meter)
{
    private const string Scheme = "Bearer ";
    private readonly Counter<long> _failures = CallMetricNames.IdentifyFailures.Counter(meter);

    /// <summary>False when the call was refused (401, 403, 503).</summary>
    public ValueTask<bool> CheckAsync(GatewayCall call)
    {
        var rules = call.Route.Identify;
        var headers = call.Http.Request.Headers;

        if (rules.TakesKeys)
        {
            var many = false;
            var (keyHeader, keyQuery) = Places(call, rules);
            var inQuery = keyQuery is { } parameter ? QueryCredential.Find(call.Requested.Query, parameter, out many) : null;
            if (inQuery is not null && !rules.ForwardsKeys) call.SecretParameter = keyQuery;
            var presented = headers[keyHeader];
            if (presented.Count > 0)
            {
                if (!rules.ForwardsKeys) call.Upstream.Set(keyHeader, null);
                return new(presented.Count == 1 ? Key(call, presented.ToString(), mayBeForeign: false) : Fail(call, IdentifyFailure.ManyCredentials));
            }

            if (inQuery is not null) return new(many ? Fail(call, IdentifyFailure.ManyCredentials) : Key(call, inQuery, mayBeForeign: false));
        }

        var authorization = headers.Authorization;
        if (authorization.Count > 0 && (rules.TakesKeys || rules.Tokens.Length > 0) && IsBearer(authorization[0], out var token))
        {
            if (authorization.Count > 1) return new(Fail(call, IdentifyFailure.ManyCredentials));
            if (rules.Tokens.Length > 0 && TokenText.HasThreeParts(token)) return Token(call, rules, token);
            if (rules.TakesKeys) return new(Key(call, token, mayBeForeign: rules.Anonymous && rules.Tokens.Length == 0));
            return new(Fail(call, IdentifyFailure.Malformed));
        }

        if (rules.TakesCertificates && call.Http.Connection.ClientCertificate is { } certificate)
        {
            return new(certificates.Read(certificate) is { } facts && call.Snapshot.Callers.ByCertificate(facts) is { } caller
                ? Accept(call, caller) : Fail(call, IdentifyFailure.UnknownCertificate));
        }

        return new(rules.Anonymous || Fail(call, rules.TakesKeys || rules.Tokens.Length > 0 || !rules.TakesCertificates ? IdentifyFailure.Missing : IdentifyFailure.MissingCertificate));
    }

    // Vendors' SDKs put the key where their vendor wants it; everybody may use the route's own place.
    private static (string Header, string? Query) Places(GatewayCall call, IdentifyModel rules)
    {
        if (call.Face is not { } face) return (rules.KeyHeader, rules.KeyQuery);
        return (face.KeyHeader is { } header && call.Http.Request.Headers.ContainsKey(header) ? header : rules.KeyHeader, rules.KeyQuery ?? face.KeyQuery);
    }

    private static bool IsBearer(string? authorization, out ReadOnlySpan<char> token)
    {
        token = authorization;
        if (!token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        token = token[Scheme.Length..].Trim(' ');
        return true;
    }

    // mayBeForeign: on routes open to anybody a bearer token that nobody here issued is the upstream's own, and goes on.
    private bool Key(GatewayCall call, ReadOnlySpan<char> text, bool mayBeForeign)
    {
        var callers = call.Snapshot.Callers;
        if (call.KnownKey.Find(text, callers) is not { } entry)
        {
            if (!KeyDigest.TryCompute(text, out var digest)) return mayBeForeign || Fail(call, IdentifyFailure.Oversized);
            if (callers.ByKey(digest) is not { } found) return mayBeForeign || Fail(call, IdentifyFailure.UnknownKey);
            call.KnownKey.Remember(text, callers, found);
            entry = found;
        }

        if (!call.Route.Identify.ForwardsKeys) DropBearer(call, text);
        if (time.GetUtcNow().UtcTicks < entry.ExpiresAt) return Accept(call, entry.Caller);
        Name(call, entry.Caller);
        return Fail(call, IdentifyFailure.ExpiredKey);
    }

    // The key may have come by the key header with an Authorization of the upstream beside it: that goes on unless it holds this key, or another one issued here.
    private static void DropBearer(GatewayCall call, ReadOnlySpan<char> used)
    {
        var authorization = call.Http.Request.Headers.Authorization;
        if (authorization.Count == 0) return;
        foreach (var line in authorization)
        {
            if (!IsBearer(line, out var token) || (!token.SequenceEqual(used) && !IsKey(call, token))) continue;
            call.Upstream.Set(HeaderNames.Authorization, null);
            return;
        }
    }

    private static bool IsKey(GatewayCall call, ReadOnlySpan<char> text) => KeyDigest.TryCompute(text, out var digest) && call.Snapshot.Callers.ByKey(digest) is not null;

    private ValueTask<bool> Token(GatewayCall call, IdentifyModel rules, ReadOnlySpan<char> token)
    {
        if (!KeyDigest.TryComputeToken(token, out var digest)) return new(Fail(call, IdentifyFailure.Oversized));
        foreach (var rule in rules.Tokens)
            if (rule.Known(digest, call.Snapshot.Callers) is { } caller) return new(Accept(call, caller, rule));
        return VerifyAsync(call, rules, token.ToString(), digest);
    }

    private async ValueTask<bool> VerifyAsync(GatewayCall call, IdentifyModel rules, string text, KeyDigest digest)
    {
        if (TokenText.Parse(text, out var failure) is not { } token) return Fail(call, failure!);
        failure = IdentifyFailure.Issuer;
        foreach (var rule in rules.Tokens)
        {
            if (!token.IsFrom(rule.Issuer)) continue;
            (var caller, failure) = await rule.VerifyAsync(token, digest, call.Snapshot.Callers, call.Http.RequestAborted);
            if (caller is not null) return Accept(call, caller, rule);
        }

        return Fail(call, failure!);
    }

    private bool Accept(GatewayCall call, Caller caller, TokenRule rule)
    {
        if (!rule.ForwardsToken) call.Upstream.Set(HeaderNames.Authorization, null);
        return Accept(call, caller);
    }

    private bool Accept(GatewayCall call, Caller caller)
    {
        Name(call, caller);
        var rules = call.Route.Identify;
        if (caller.Model is { } consumer)
        {
            if (consumer.Config.Suspended) return Fail(call, IdentifyFailure.Suspended);
            if (!consumer.MayCall(call.Route.Name)) return Fail(call, IdentifyFailure.RouteAccess);
        }

        // Only consumers of the document are on a route's list: an unknown subject of the same name is somebody else.
        if (rules.Consumers.Count > 0 && (caller.Model is null || !rules.Consumers.Contains(caller.Consumer))) return Fail(call, IdentifyFailure.ConsumerNotListed);
        return caller.Holds(rules.Scopes) || Fail(call, rules.ScopeMissing);
    }

    private static void Name(GatewayCall call, Caller caller)
    {
        call.Caller = caller;
        call.Record.Consumer = caller.Consumer;
        call.Record.KeyId = caller.KeyId;
    }

    private bool Fail(GatewayCall call, IdentifyFailure failure)
    {
        _failures.Add(1, new("route", call.Route.Name), new("reason", failure.Reason));
        return call.Refuse(failure.Refusal);
    }
}
