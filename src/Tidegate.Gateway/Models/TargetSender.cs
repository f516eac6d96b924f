using System.Net;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Relay;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Providers;
using Tidegate.Models.Providers.Fake;

namespace Tidegate.Gateway.Models;

/// <summary>Writes the request of an attempt and sends it. Whatever goes wrong is in the attempt, as a value.</summary>
internal sealed class TargetSender(TimeProvider time)
{
    private const int SpliceRoom = 256; // a name and a wish for usage

    private static readonly System.Net.Http.Headers.MediaTypeHeaderValue Json = new("application/json");

    /// <summary>True when an answer has begun that may be passed on.</summary>
    public async ValueTask<bool> OpenAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt attempt)
    {
        if (Body(call, model, alias, attempt, out var holder) is not { } plain) return false;
        if (StreamRescue.Body(model, attempt.Format, plain) is not { } body)
        {
            attempt.Fail(model.Journal!.Error!, "its format cannot go on with a begun answer");
            return false;
        }

        attempt.DueIn(model.Stream ? alias.FirstToken : alias.Answer, CancelCause.AttemptTimeout);
        try
        {
            var secret = attempt.Key.Tokens is { } tokens ? await tokens.GetAsync(attempt.Scope.Token) : attempt.Key.Secret;
            if (Request(model, attempt, body, holder, secret) is not { } request) return false;
            // A provider whose address is this node's own is found out by it, as any destination is.
            request.Headers.TryAddWithoutValidation(HeaderNames.Via, call.Upstream.Find(HeaderNames.Via));
            attempt.Response = await attempt.Target.Provider.Connections.Client.SendAsync(request, attempt.Scope.Token);
            attempt.Status = (int)attempt.Response.StatusCode;
            attempt.GiveBack();
            if (attempt.Status < 300)
            {
                if (call.Shadow is not null || AnswerFacts.NeedsCopy(model)) AnswerCopy.Begin(model, attempt);
                return true;
            }

            if (attempt.Status == 401) attempt.Key.Tokens?.Forget(secret);
            await ReadErrorAsync(model, attempt);
        }
        catch (Exception e)
        {
            AttemptFailures.Note(attempt, e);
        }

        return false;
    }

    // What to send, and who lends it; null: it is an array of its own.
    private static ReadOnlyMemory<byte>? Body(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt attempt, out PooledBytes? holder)
    {
        holder = model.Bytes;
        var vendor = attempt.Target.Provider.Vendor;
        var name = attempt.Target.Config.Model;
        if (attempt is { Passes: true, Format: GeminiFormat } && model.Face.Operation != ModelOperation.Chat)
            return GoogleNames.Make(model.Body, name);
        if (attempt.Passes)
        {
            var chat = model.Face.Operation == ModelOperation.Chat ? attempt.Format as OpenAiChatFormat : null;
            var (renamed, ask) = (vendor.ModelInPath(attempt.Format.Name) ? null : name, chat is { TakesStreamOptions: true });
            var body = model.Body;
            if (BodySplice.IsNeeded(model.Scan, renamed, ask))
            {
                holder = attempt.Lend();
                holder.Expect(body.Length + SpliceRoom);
                BodySplice.Write(body.Span, model.Scan, renamed, ask, holder);
                body = holder.Memory;
            }

            return chat is { Refused.Count: > 0 } ? FieldSplice.Make(body, chat.Refused) : body;
        }

        var issues = new FormatIssues();
        var callers = 0; // so many of them are in the caller's words
        holder = attempt.Lend();
        holder.Expect(model.Body.Length + SpliceRoom);
        using (var json = new Utf8JsonWriter(holder))
        {
            if (attempt.Wire.Translation is { } translation)
            {
                if (!translation.WriteRequest(model.Json, model.Asked, name, json, issues)) return Refused(model, attempt, issues, callers);
            }
            else
            {
                if (model.Request(issues) is not { } request) return Refused(model, attempt, issues, issues.All.Count);
                callers = issues.All.Count;
                attempt.Format.WriteRequest(request with { Model = name, Stream = model.Stream }, json, issues);
            }
        }

        if (issues.HasErrors || (issues.ChangesAnswer && alias.Config.Inexpressible == InexpressibleMode.Refuse)) return Refused(model, attempt, issues, callers);
        var fields = Fields(model, issues, callers);
        for (var i = 0; i < fields.Length; i++) model.Drop(fields[i], issues.All[i].IsHint);
        if (model.Wishes?.Beta is { } beta)
        {
            model.Drop(beta, isHint: true);
            fields = [.. fields, beta];
        }

        if (fields.Length > 0) call.Note($"dropped {string.Join(", ", fields.Distinct(StringComparer.Ordinal))}: {attempt.Target.Name} cannot express them");
        return holder.Memory;
    }

    private static ReadOnlyMemory<byte>? Refused(ModelCall model, ModelAttempt attempt, FormatIssues issues, int callers)
    {
        var fields = Fields(model, issues, callers);
        var refused = issues.All.Select((issue, i) => (issue, Field: fields[i])).Where(f => !f.issue.IsHint).ToList();
        var told = string.Join(" ", refused.Select(f => $"{f.Field}: {f.issue.Message}"));
        attempt.Fail(new ModelError(ModelErrorKind.InvalidRequest, 400, told) { Parameter = refused.Count > 0 ? refused[0].Field : null }, "the request does not fit the target's format");
        return null;
    }

    private static string[] Fields(ModelCall model, FormatIssues issues, int callers) =>
        [.. issues.All.Select((issue, i) => i < callers ? issue.Field : CallersWords.Of(model.Face.Word, issue.Field))];

    private HttpRequestMessage? Request(ModelCall model, ModelAttempt attempt, ReadOnlyMemory<byte> body, PooledBytes? holder, string secret)
    {
        var provider = attempt.Target.Provider;
        if (provider.Vendor.Path(attempt.Wire.Operation, attempt.Wire.Word, attempt.Target.Config.Model, model.Stream, provider.Account) is not { } path)
        {
            attempt.Fail(new ModelError(ModelErrorKind.InvalidRequest, 400, $"The model '{model.Asked}' cannot do this: its provider has no such operation."), $"{provider.Vendor.Name} has no {attempt.Wire.Operation}");
            return null;
        }

        var wishes = attempt.Passes ? model.Wishes : null;
        if (wishes is not null) path = wishes.PathOf(path);
        var request = new HttpRequestMessage(HttpMethod.Post, provider.AddressOf(path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = holder is not null ? new HeldContent(holder, body) : new ReadOnlyMemoryContent(body),
        };
        if (request.RequestUri!.Scheme == Uri.UriSchemeHttp) request.Version = HttpVersion.Version11;
        if (model.Face.IsForm) request.Content.Headers.TryAddWithoutValidation("Content-Type", model.ContentType);
        else request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("User-Agent", "tidegate");
        if (model.Stream) request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        foreach (var (name, value) in provider.Config.Headers) request.Headers.TryAddWithoutValidation(name, value);
        wishes?.AddTo(request);
        provider.Vendor.Authorize(request, body, secret, provider.Account, time.GetUtcNow());
        return request;
    }

    private async ValueTask ReadErrorAsync(ModelCall model, ModelAttempt attempt)
    {
        var read = attempt.Lend();
        await LimitedBody.ReadAsync(attempt.Response!.Content, LimitedBody.MostOfError, read, attempt.Scope.Token);
        ReadOnlyMemory<byte> body = read.Span.ToArray(); // shown when the attempt is long over
        var error = attempt.Format.ReadError(attempt.Status, body.Span);
        attempt.Fail(error, $"{attempt.Status} {error.Kind}");
        if (attempt.Format.Name == model.Face.Format.Name && attempt.Target.Provider.Vendor is not FakeVendor && ErrorEnvelope.IsIn(body) && !ErrorText.HasKey(body.Span)) attempt.ErrorBody = body;
        if (attempt.Status is not (429 or >= 500)) return;
        var wait = RetryAfter.Read(attempt.Response.Headers, time) ?? RetryAfter.Clamp(error.RetryAfter ?? TimeSpan.Zero);
        // The limit is that of our key, whoever's call met it: unlike a service, which may limit one of its callers, the key is closed to all until then.
        if (wait > TimeSpan.Zero) attempt.State.Floor.Close(Ticks.After(time.GetTimestamp(), Ticks.Of(time, wait)));
    }
}
