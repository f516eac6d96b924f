using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Models.Bodies;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Request.Admit;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Request.Stale;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request;

/// <summary>What the stages know of a call. Reused by the calls that follow on the same connection: <see cref="Reset"/> forgets everything.</summary>
internal sealed class GatewayCall
{
    /// <summary>The request and the response.</summary>
    public DefaultHttpContext Http { get; } = new();

    private string? _idText;

    /// <summary>The snapshot read at the start.</summary>
    public GatewaySnapshot Snapshot { get; set; } = null!;

    /// <summary>What will be told of the call. Handed over at the end, so it is new for every call.</summary>
    public CallRecord Record { get; set; } = null!;

    /// <summary>Timestamp of the start (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long StartTimestamp { get; set; }

    /// <summary>Why the call ends without an upstream's answer; null while it goes on.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>Where the call is counted while it runs (<see cref="SnapshotHolder.Enter"/>).</summary>
    public int CountedAt { get; set; }

    /// <summary>Path and query, as the caller wrote them.</summary>
    public RequestTarget Requested { get; set; }

    /// <summary><c>http</c> or <c>https</c>, as the caller sees it.</summary>
    public string Scheme { get; set; } = "";

    /// <summary>Address of the caller, after trusted proxies.</summary>
    public IPAddress ClientAddress { get; set; } = IPAddress.None;

    /// <summary>The same as text.</summary>
    public string ClientText => Texts.Address(ClientAddress);

    /// <summary>Host the caller asked for, before trusted proxies.</summary>
    public string PublicHost { get; set; } = "";

    /// <summary>Texts kept for the calls that follow on the connection.</summary>
    public ConnectionText Texts { get; } = new();

    /// <summary>Record: where the call is counted.</summary>
    public CallCounters Counters { get; set; } = null!;

    /// <summary>Record: its span, when somebody listens; else null.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Id of the call as callers are told it: 32 hex digits.</summary>
    public string IdText => _idText ??= Record.Id.ToString("N");

    /// <summary>Match: the route; null until then.</summary>
    public RouteModel Route { get; set; } = null!;

    /// <summary>Match: values of the path template's parameters.</summary>
    public PathParameters Parameters { get; } = new();

    /// <summary>Match: the service of the branch taken; null for redirects and fixed answers.</summary>
    public ServiceModel? Service { get; set; }

    /// <summary>Match: what is spoken at the path of a route that serves models; null elsewhere.</summary>
    public Face? Face { get; set; }

    /// <summary>Match: the model, or the id of a kept response, where it stands in the path; else null.</summary>
    public string? FaceModel { get; set; }

    /// <summary>Models: its bodies, when they may be kept; else null.</summary>
    public BodyRecording? Bodies { get; set; }

    /// <summary>Identify: who calls.</summary>
    public Caller Caller { get; set; } = Caller.Anonymous;

    /// <summary>Identify: the last key of the connection; kept for the calls that follow.</summary>
    public KnownKey KnownKey { get; } = new();

    /// <summary>Identify: query parameter that carried a credential and is not sent on; null for none.</summary>
    public string? SecretParameter { get; set; }

    /// <summary>Admit: what must be given back at the end.</summary>
    public LeaseList Leases { get; } = new();

    /// <summary>Admit: what callers are told about their limits.</summary>
    public RateLimitHeaders RateLimits { get; } = new();

    /// <summary>Admit: priority class in force for this call.</summary>
    public PriorityClass Priority { get; set; }

    /// <summary>Models: the call is to be mirrored; null for nearly all.</summary>
    public ShadowCall? Shadow { get; set; }

    /// <summary>Models: a probe of ours, which may use every model and is nobody's call. Never set for calls that came over a connection.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Guard: timestamp by which the response headers must have come.</summary>
    public long DeadlineTimestamp { get; set; }

    /// <summary>Guard: timestamp by which the whole answer must have come: a gRPC caller's own deadline; else never.</summary>
    public long StreamDeadlineTimestamp { get; set; }

    /// <summary>Guard: the attempt, made once for all calls of the connection.</summary>
    public Attempt? Attempt { get; set; }

    /// <summary>Balance: destinations tried so far.</summary>
    public List<DestinationModel> Tried { get; } = [];

    /// <summary>Balance: room for choosing among some.</summary>
    public List<DestinationModel> Candidates { get; } = [];

    /// <summary>Forward: path and query to send upstream, the route's changes made.</summary>
    public string UpstreamTarget { get; set; } = "";

    /// <summary>Forward: <c>Host</c> to send upstream when a rule sets it; null leaves it to the service.</summary>
    public string? UpstreamHost { get; set; }

    /// <summary>Forward: headers the gateway adds or replaces on the way upstream.</summary>
    public UpstreamHeaders Upstream { get; } = new();

    /// <summary>Forward: the request has a body.</summary>
    public bool HasBody { get; set; }

    /// <summary>Forward: the request body.</summary>
    public RequestBody Body { get; } = new();

    /// <summary>Guard: the caller asks for a tunnel (WebSocket or another upgrade).</summary>
    public bool IsUpgrade { get; set; }

    /// <summary>Stale: the answer under way, while it is to be kept; null on nearly all routes.</summary>
    public StaleRecording? Keeping { get; set; }

    /// <summary>Stale: a kept answer that the call may be given, once one was looked for and found.</summary>
    public KeptAnswer? Kept { get; set; }

    /// <summary>True for <c>application/grpc</c> requests: errors are told as <c>grpc-status</c>.</summary>
    public bool IsGrpc { get; set; }

    /// <summary>Refuses the call: the response is written by the pipeline's end. Returns false, so that stages can <c>return call.Refuse(...)</c>.</summary>
    public bool Refuse(Refusal refusal)
    {
        Refusal = refusal;
        return false;
    }

    /// <summary>Notes a decision for the call log.</summary>
    public void Note(string why) => Record.Why = Record.Why.Length == 0 ? why : $"{Record.Why}; {why}";

    /// <summary>Forgets the call.</summary>
    public void Reset()
    {
        Snapshot = null!;
        Record = null!;
        Requested = default;
        Counters = null!;
        Activity = null;
        _idText = null;
        Route = null!;
        Service = null;
        Face = null;
        FaceModel = null;
        Bodies = null;
        Refusal = null;
        Shadow = null;
        Caller = Caller.Anonymous;
        SecretParameter = null;
        Priority = PriorityClass.Normal;
        IsGrpc = false;
        IsUpgrade = false;
        Keeping = null;
        Kept = null;
        UpstreamTarget = "";
        UpstreamHost = null;
        Upstream.Clear();
        Tried.Clear();
        Candidates.Clear();
        if (HasBody) Body.Dispose();
        HasBody = false;
        Parameters.Clear();
        Leases.Clear();
        RateLimits.Clear();
    }
}
