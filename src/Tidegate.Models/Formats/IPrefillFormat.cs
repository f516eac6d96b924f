namespace Tidegate.Models.Formats;

/// <summary>A format in which a model can be made to go on with an answer that has begun: the conversation ends with the assistant's own words.</summary>
public interface IPrefillFormat
{
    /// <summary>The place documents it. Single models of it may refuse all the same, as Anthropic's newest do with a 400.</summary>
    bool TakesPrefill { get; }

    /// <summary>The request with the begun answer at its end; null when it is not one that an answer can be added to.</summary>
    /// <param name="body">A request of this format.</param>
    /// <param name="begun">What has been said so far, without white space at its end.</param>
    ReadOnlyMemory<byte>? WithPrefill(ReadOnlyMemory<byte> body, string begun);
}
