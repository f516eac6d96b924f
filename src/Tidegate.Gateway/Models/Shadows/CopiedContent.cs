using System.Net;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>An answer's content of which a copy is made while it is read.</summary>
internal sealed class CopiedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly AnswerCopy _copy;

    public CopiedContent(HttpContent inner, AnswerCopy copy)
    {
        (_inner, _copy) = (inner, copy);
        foreach (var (name, values) in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
    }

    /// <inheritdoc/>
    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) => new CopyingStream(await _inner.ReadAsStreamAsync(cancellationToken), _copy);

    /// <inheritdoc/>
    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _inner.CopyToAsync(stream);

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }
}
