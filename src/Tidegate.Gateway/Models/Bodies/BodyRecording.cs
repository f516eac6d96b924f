using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Bodies;

/// <summary>The bodies of a call while it runs. A request that never got past its guardrails is not in it: what they would have left of it is not known.</summary>
internal sealed class BodyRecording
{
    private readonly IBodySink _sink;
    private readonly BodiesConfig _config;
    private readonly AnswerTape _tape;
    private readonly ModelCall _model;
    private readonly int _reserved;
    private readonly PooledBytes? _held; // the request is read when the model call is over
    private ReadOnlyMemory<byte>? _request;

    private BodyRecording(IBodySink sink, BodiesConfig config, AnswerTape tape, ModelCall model, int reserved)
    {
        (_sink, _config, _tape, _model, _reserved) = (sink, config, tape, model, reserved);
        if (model.Bytes is { } bytes && bytes.TryHold()) _held = bytes;
    }

    /// <summary>Begins to record a call, when it is one of the share that is kept and there is room. From here its answer is watched.</summary>
    public static void Begin(GatewayCall call, ModelCall model, BodiesConfig config, IBodySink sink, IRandomSource random)
    {
        if (config.Keep == BodiesKeep.Sampled && random.NextDouble() >= config.Share) return;
        var most = (int)config.MaxSize + BodyCut.Margin;
        if (!sink.TryReserve(2 * most)) return;
        var tape = new AnswerTape(call.Http.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), call.Http.Response, model, most);
        call.Http.Features.Set<IHttpResponseBodyFeature>(tape);
        call.Bodies = new BodyRecording(sink, config, tape, model, 2 * most);
    }

    /// <summary>Guardrails have let the request pass: as it is now it goes to providers.</summary>
    public void Passed()
    {
        if (_model.Guard?.Shape is not { HasMended: true }) _request = _model.Body; // later it has an answer in it that nobody has looked at
    }

    /// <summary>The call has ended: hands its bodies over, or forgets them.</summary>
    public void End(GatewayCall call)
    {
        try
        {
            Write(call);
        }
        finally
        {
            _held?.Release();
        }
    }

    private void Write(GatewayCall call)
    {
        var record = call.Record;
        if (_config.Keep == BodiesKeep.OnFailure && record.Outcome is CallOutcome.Ok or CallOutcome.ClientCancelled)
        {
            _sink.Release(_reserved);
            return;
        }

        var most = (int)_config.MaxSize;
        _sink.Write(new RecordedBodies(_tape, _model.Face, _model.Guard?.Placeholders, most)
        {
            Id = record.Id,
            StartedAt = record.StartedAt,
            Consumer = record.Consumer,
            Reserved = _reserved,
            RequestType = _model.ContentType,
            RequestSize = record.RequestBytes,
            Sent = _request is { } request && !_model.Face.IsForm ? BodyCut.Of(request.Span, most) : null, // cut here: the whole of it is not held on to
            Refused = _request is null,
            AnswerType = _tape.Size > 0 ? call.Http.Response.ContentType ?? "" : "",
        });
    }
}
