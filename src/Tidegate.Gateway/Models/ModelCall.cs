using System.Text.Json;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Caching;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models;

/// <summary>A call for a model: what the caller wants, and what was tried for it.</summary>
internal sealed class ModelCall(Face face, string asked, ReadOnlyMemory<byte> body, RequestScan scan, AnswerContext context) : IDisposable
{
    private JsonDocument? _document;
    private ChatRequest? _request;
    private HashSet<KeyModel>? _refusedKeys;
    private HashSet<string>? _notAgain;
    private int _reopensIn = int.MaxValue;

    /// <summary>What the caller speaks.</summary>
    public Face Face { get; } = face;

    /// <summary>Model as the caller named it.</summary>
    public string Asked { get; } = asked;

    /// <summary>The request as it came, or as guardrails left it. Only valid until the call is over, when its memory is another's: what is to be kept is copied, or holds <see cref="Bytes"/>.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; } = body;

    /// <summary>Where bytes of it and of its answers are lent.</summary>
    public required BytePool Pool { get; init; }

    /// <summary>The lent bytes of the request as it came.</summary>
    public PooledBytes? Bytes { get; init; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>What one walk over it told.</summary>
    public RequestScan Scan { get; private set; } = scan;

    /// <summary>Its guardrails; null when there are none.</summary>
    public CallGuard? Guard { get; set; }

    /// <summary>Looks on at its answer, so that the conversation can be gone on with; null when it is not kept.</summary>
    public IDisposable? Memory { get; set; }

    /// <summary>Where its answer is kept; null when it is not.</summary>
    public CacheSlot? Slot { get; set; }

    /// <summary>What answers repeat of the call.</summary>
    public AnswerContext Context { get; } = context;

    /// <summary>The answer is to be streamed.</summary>
    public bool Stream { get; } = face.Stream ?? scan.Stream ?? face.StreamsByDefault;

    /// <summary>What it holds of budgets at the alias being tried.</summary>
    public BudgetHold Hold { get; set; } = BudgetHold.None;

    /// <summary>Timestamp by which all must be over.</summary>
    public long Deadline { get; set; }

    /// <summary>Attempts so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Waits between attempts so far.</summary>
    public int Waits { get; set; }

    /// <summary>The last of them, in milliseconds, until its attempt begins.</summary>
    public int WaitedMs { get; set; }

    /// <summary>What <see cref="Attempts"/> may reach at the alias being tried.</summary>
    public int MostAttempts { get; set; }

    /// <summary>The error of the last attempt that had one, or why there was no other.</summary>
    public ModelError? LastError { get; private set; }

    /// <summary>The same as the provider wrote it, when it speaks the caller's format; else null.</summary>
    public ReadOnlyMemory<byte>? LastErrorBody { get; private set; }

    /// <summary>The rule of ours that made the error: <c>deadline</c>, <c>health</c>, <c>queue</c>; empty for a provider's own.</summary>
    public string LastPolicy { get; private set; } = "";

    /// <summary>Seconds after which the first of all that was tried may take calls again; 0 when one may now, or nothing is known.</summary>
    public int RetryAfterSeconds => _reopensIn == int.MaxValue ? 0 : _reopensIn;

    /// <summary>What the caller of a stream has received, where a broken one may be gone on with; null where not.</summary>
    public RescueJournal? Journal { get; set; }

    /// <summary>Tokens of the largest window that was too small; 0 for none.</summary>
    public int TooSmallWindow { get; set; }

    /// <summary>Fields left out because the target cannot express them, sorted; null for none.</summary>
    public SortedSet<string>? Dropped { get; private set; }

    /// <summary>The answer may be another one without them.</summary>
    public bool LacksFields { get; private set; }

    /// <summary>What the caller says of the API in headers and query; null for nothing.</summary>
    public CallerWishes? Wishes { get; init; }

    /// <summary>Rough number of tokens of the request: what decides between windows, before anything is sent. Four bytes a token, images not counted.</summary>
    public int EstimatedTokens => Scan.HasImages ? 0 : Body.Length / 4;

    /// <summary>The request as JSON. Parsed once.</summary>
    public JsonElement Json => (_document ??= JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 128 })).RootElement;

    /// <summary>A key was refused during this call.</summary>
    public void Refuse(KeyModel key) => (_refusedKeys ??= []).Add(key);

    /// <summary>It was.</summary>
    public bool IsRefused(KeyModel key) => _refusedKeys?.Contains(key) == true;

    /// <summary>A target, by name, is not to be asked again for this call: it was silent, or its window is too small.</summary>
    public void Leave(string target) => (_notAgain ??= new(StringComparer.Ordinal)).Add(target);

    /// <summary>It is not.</summary>
    public bool IsLeft(string target) => _notAgain?.Contains(target) == true;

    /// <summary>A field is left out because the target cannot express it; <paramref name="isHint"/>: the answer is the same without it.</summary>
    public void Drop(string field, bool isHint)
    {
        (Dropped ??= new(StringComparer.Ordinal)).Add(field);
        LacksFields |= !isHint;
    }

    /// <summary>Puts another request in the place of the caller's; it asks for the same model in the same way.</summary>
    public void Replace(ReadOnlyMemory<byte> body)
    {
        (Body, Scan) = (body, RequestScan.Read(body.Span));
        _request = null;
        _document?.Dispose();
        _document = null;
    }

    /// <summary>The request in neutral words; null with issues when it is wrong. Read once.</summary>
    public ChatRequest? Request(FormatIssues issues)
    {
        if (_request is not null) return _request;
        var request = Face.Format.ReadRequest(Json, issues);
        return issues.HasErrors ? null : _request = request;
    }

    /// <summary>Notes an error; <paramref name="body"/> are the provider's own words for it, when they are in the caller's format; <paramref name="policy"/> is the rule of ours that spoke.</summary>
    public void Fail(ModelError error, ReadOnlyMemory<byte>? body = null, string policy = "") => (LastError, LastErrorBody, LastPolicy) = (error, body, policy);

    /// <summary>An alias has no answer; its first target takes calls again after this long.</summary>
    public void Reopens(TimeSpan wait) => _reopensIn = Math.Min(_reopensIn, (int)Math.Ceiling(wait.TotalSeconds));

    /// <inheritdoc/>
    public void Dispose()
    {
        Memory?.Dispose();
        _document?.Dispose();
        Bytes?.Release();
    }
}
