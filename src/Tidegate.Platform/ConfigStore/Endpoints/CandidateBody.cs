using Tidegate.Core.Resources.Reading;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>Body of plan and apply.</summary>
internal sealed record CandidateBody
{
    /// <summary>The texts, with the names findings are to show.</summary>
    public required IReadOnlyList<FileBody> Files { get; init; }

    /// <summary>Objects the files do not name stay. Default false: they are removed.</summary>
    public bool Partial { get; init; }

    /// <summary>The files may be without any object although there is something in force. Default false: that is refused, since it would remove everything.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Revision the change was made from; also as <c>If-Match</c>.</summary>
    public long? Parent { get; init; }

    /// <summary>Why.</summary>
    public string Message { get; init; } = "";

    public Candidate ToCandidate(long? ifMatch, bool lenient)
    {
        // The serializer lets elements of a list be null.
        for (int i = 0; i < Files.Count; i++)
        {
            if ((FileBody?)Files[i] is null) throw new ProblemException(Problems.BadRequest($"files[{i}]", "A file is null.", "Give {\"name\": ..., \"text\": ...}.").Problem);
        }

        return new()
        {
            Texts = [.. Files.Select(f => new SourceText(f.Name, f.Text))], Partial = Partial, AllowEmpty = AllowEmpty, Lenient = lenient, Parent = ifMatch ?? Parent, Message = Message,
        };
    }

    /// <summary>One file.</summary>
    internal sealed record FileBody(string Name, string Text);
}
