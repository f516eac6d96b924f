using System.Buffers;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>
/// Collects an answer while it is passed on, and keeps it when it has come to its end. It takes memory in pieces, so that an answer that turns out too large has cost the largest body
/// that is kept and no more; it waits for nothing.
/// </summary>
internal sealed class StaleRecording
{
    private const int Piece = 16 * 1024;

    private readonly GatewayCall _call;
    private readonly StaleModel _stale;
    private readonly KeptAnswer _head;
    private readonly string[] _vary;
    private readonly bool _everybodys;
    private readonly List<byte[]> _pieces = [];
    private int _length;
    private bool _ended;

    private StaleRecording(GatewayCall call, StaleModel stale, KeptAnswer head, string[] vary, bool everybodys) =>
        (_call, _stale, _head, _vary, _everybodys) = (call, stale, head, vary, everybodys);

    /// <summary>Headers of an answer have been taken over for the caller. Null when it is not to be kept.</summary>
    public static StaleRecording? Begin(GatewayCall call, Attempt attempt, StaleModel stale, TimeProvider time)
    {
        var method = call.Http.Request.Method;
        if (!HttpMethods.IsGet(method))
        {
            if (attempt.Status is >= 200 and < 400 && !(HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method))) stale.Store.Forget(call);
            return null;
        }

        if (attempt.Status != StatusCodes.Status200OK || call.IsGrpc || call.IsUpgrade || attempt.Kind == AttemptKind.Fallback) return null;
        var config = stale.Store.Config;
        if (!KeepRule.Allows(call, attempt.Response!, config.KeepFor, out var keepFor, out var vary, out var everybodys)) return Drop(stale, StaleDrop.NotAllowed);
        if (!KeepRule.ShowsItsEnd(attempt.Response!, out var length)) return Drop(stale, StaleDrop.Incomplete);
        if (length > config.MaxBody) return Drop(stale, StaleDrop.TooLarge);
        var headers = KeptHeaders.Of(attempt.Response!);
        var tag = KeptHeaders.Text(attempt.Response!, "ETag");
        var head = new KeptAnswer(
            headers, [], tag.Length > 0 ? tag : null, attempt.HeadersAt, Ticks.After(attempt.HeadersAt, Ticks.Of(time, keepFor)), KeptHeaders.Age(attempt.Response!), call.Record.AgeSeconds);
        return new StaleRecording(call, stale, head, vary, everybodys);
    }

    /// <summary>More of the body has come.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_ended || bytes.IsEmpty) return;
        if (_length + bytes.Length > _stale.Store.Config.MaxBody)
        {
            Drop(StaleDrop.TooLarge);
            return;
        }

        while (!bytes.IsEmpty)
        {
            var at = _length % Piece;
            if (at == 0 && !More()) return;
            var part = bytes[..Math.Min(bytes.Length, Piece - at)];
            part.CopyTo(_pieces[^1].AsSpan(at));
            _length += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>The body is whole, with this at its end.</summary>
    public void Complete(ReadOnlySpan<byte> last)
    {
        if (_ended) return;
        if (_length + last.Length > _stale.Store.Config.MaxBody)
        {
            Drop(StaleDrop.TooLarge);
            return;
        }

        var body = new byte[_length + last.Length];
        for (var i = 0; i < _pieces.Count; i++) _pieces[i].AsSpan(0, Math.Min(Piece, _length - (i * Piece))).CopyTo(body.AsSpan(i * Piece));
        last.CopyTo(body.AsSpan(_length));
        Release();
        _stale.Store.Keep(_call, _everybodys, _vary, _head.With(body));
    }

    /// <summary>Nothing more will come. What was not complete is forgotten.</summary>
    public void End()
    {
        if (!_ended) Drop(StaleDrop.Incomplete);
    }

    private bool More()
    {
        if (!_stale.Store.TryReserve(Piece))
        {
            Drop(StaleDrop.NoRoom);
            return false;
        }

        _pieces.Add(ArrayPool<byte>.Shared.Rent(Piece));
        return true;
    }

    private void Drop(StaleDrop reason)
    {
        _stale.Counts.Drop(reason);
        Release();
    }

    private void Release()
    {
        _ended = true;
        foreach (var piece in _pieces)
        {
            ArrayPool<byte>.Shared.Return(piece);
            _stale.Store.Release(Piece);
        }

        _pieces.Clear();
    }

    private static StaleRecording? Drop(StaleModel stale, StaleDrop reason)
    {
        stale.Counts.Drop(reason);
        return null;
    }
}
