using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;
using Tidegate.Models.Formats.OpenAiResponses;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>Puts earlier conversations into requests of the responses API, and keeps those that were answered.</summary>
internal sealed class ResponseMemory(ResponseStore store)
{
    /// <summary>The body with the conversation it goes on from in it; null when the call was refused.</summary>
    public ReadOnlyMemory<byte>? Recall(GatewayCall call, ReadOnlyMemory<byte> body)
    {
        if (call.Face?.Format is not OpenAiResponsesFormat) return body;
        var state = ResponseState.Read(body.Span);
        if (state.Problem is { } problem)
        {
            call.Refuse(new Refusal(400, CallOutcome.ClientError, "unsupported_parameter", problem));
            return null;
        }

        if (state.Previous is not { } previous) return body;
        if (call.Caller.Consumer.Length > 0 && store.TryFind(call.Caller.Consumer, previous, out var items)) return ResponseChain.Expand(body, items);
        call.Refuse(new Refusal(400, CallOutcome.BadRequest, "previous_response_not_found", call.Caller.Consumer.Length > 0
            ? $"Previous response with id '{(previous.Length <= 100 ? previous : previous[..100] + "...")}' not found: responses are kept for an hour, by the node that gave them. Send the conversation in input."
            : "Responses are kept for callers with a key only. Send the conversation in input."));
        return null;
    }

    /// <summary>Looks on at the answer of a call whose conversation is to be kept; null for all others. Disposed when the call has been answered.</summary>
    public Watch? Begin(GatewayCall call, ModelCall model) =>
        model.Face.Format is OpenAiResponsesFormat && call.Caller.Consumer.Length > 0 && ResponseChain.IsKept(model.Body) ? new Watch(store, call, model) : null;

    /// <summary>Looks on at one answer.</summary>
    internal sealed class Watch : IDisposable
    {
        private readonly ResponseStore _store;
        private readonly GatewayCall _call;
        private readonly ModelCall _model;
        private readonly IHttpResponseBodyFeature _inner;
        private readonly CopyingBody _copy;
        private readonly ReadOnlyMemory<byte> _body;
        private bool _kept;

        public Watch(ResponseStore store, GatewayCall call, ModelCall model)
        {
            (_store, _call, _model, _body) = (store, call, model, model.Body);
            _inner = call.Http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            _copy = new CopyingBody(_inner, ResponseStore.MostOfOne * 4, Keep); // deltas and frames are several times what they say
            call.Http.Features.Set<IHttpResponseBodyFeature>(_copy);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            // Whoever looks on beside it goes on with that.
            if (ReferenceEquals(_call.Http.Features.Get<IHttpResponseBodyFeature>(), _copy)) _call.Http.Features.Set(_inner);
        }

        private void Keep()
        {
            if (_kept || _call.Http.Response.StatusCode != StatusCodes.Status200OK || (_model.Stream && !_copy.HasEnd) || _copy.Bytes is not { Length: > 0 } bytes) return;
            _kept = true;
            if (ResponseChain.After(_body, bytes, _model.Stream) is var (id, items, response)) _store.Keep(_call.Caller.Consumer, id, items, response);
        }
    }
}
