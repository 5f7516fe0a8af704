<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>ActionBar</name>
    <message>
        <source>Confirm</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>The model is right (C)</source>
        <translation>모델 판정이 맞습니다 (C)</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>The model is wrong (R)</source>
        <translation>모델 판정이 틀립니다 (R)</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>It cannot be told from the picture (U)</source>
        <translation>사진만으로는 알 수 없습니다 (U)</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Put a tag on, or take one off</source>
        <translation>태그를 붙이거나 뗍니다</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Say where they belong</source>
        <translation>어느 구조물의 사진인지 정합니다</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Two side by side</source>
        <translation>두 장을 나란히 봅니다</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Let another model look at them</source>
        <translation>다른 모델로 다시 분석합니다</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>Into the bin, from which they can come back (Delete)</source>
        <translation>휴지통에 넣습니다. 다시 꺼낼 수 있습니다 (Delete)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Out of the bin again</source>
        <translation>휴지통에서 꺼냅니다</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>There is no action {action} for a key.</source>
        <translation>단축키를 줄 동작이 없습니다: {action}</translation>
    </message>
    <message>
        <source>“{keys}” is no key.</source>
        <translation>키가 아닙니다: “{keys}”</translation>
    </message>
    <message>
        <source>“{keys}” is more than one key.</source>
        <translation>키를 하나만 쓸 수 있습니다: “{keys}”</translation>
    </message>
    <message>
        <source>{keys} is what a button of the reTerminal sends; take another key.</source>
        <translation>{keys} 키는 reTerminal 버튼이 씁니다. 다른 키를 고르십시오.</translation>
    </message>
    <message>
        <source>{keys} moves between the controls on the screen; take another key.</source>
        <translation>{keys} 키는 화면 안에서 이동할 때 씁니다. 다른 키를 고르십시오.</translation>
    </message>
    <message>
        <source>“{action}” has this key already; change that one first.</source>
        <translation>이미 “{action}”에서 쓰는 키입니다. 그 키를 먼저 바꾸십시오.</translation>
    </message>
</context>
<context>
    <name>AgreementPage</name>
    <message numerus="yes">
        <source>Show %n that people are unsure of</source>
        <translation>
            <numerusform>불확실로 검토한 사진 %n장 보기</numerusform>
        </translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>Nobody has decided on a snapshot yet. Review some, and the figures of the models stand here.</source>
        <translation>아직 검토한 사진이 없습니다. 몇 장 검토하면 모델의 성적이 여기에 나옵니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n by verdict</source>
        <translation>
            <numerusform>검토로 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n by labelled folder</source>
        <translation>
            <numerusform>분류한 폴더로 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People say of %n snapshots what they show</source>
        <translation>
            <numerusform>사람이 판정한 사진 %n장</numerusform>
        </translation>
    </message>
    <message>
        <source>Cracks found</source>
        <translation>균열 검출</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>오경보</translation>
    </message>
    <message>
        <source>Right when it says crack</source>
        <translation>균열 판정 적중률</translation>
    </message>
    <message>
        <source>Right label</source>
        <translation>판정 적중률</translation>
    </message>
    <message>
        <source>Balanced accuracy</source>
        <translation>균형 정확도</translation>
    </message>
    <message>
        <source>Cohen’s kappa</source>
        <translation>코헨의 카파</translation>
    </message>
    <message numerus="yes">
        <source>Findings confirmed, of %n</source>
        <translation>
            <numerusform>맞음으로 검토한 검출(모두 %n건)</numerusform>
        </translation>
    </message>
    <message>
        <source>No structure</source>
        <translation>구조물 없음</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조물</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation>{one}, {other}</translation>
    </message>
    <message>
        <source>Two people</source>
        <translation>두 사람</translation>
    </message>
    <message>
        <source>Same label</source>
        <translation>같은 판정</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>카파</translation>
    </message>
    <message>
        <source>Models and people</source>
        <translation>모델과 사람</translation>
    </message>
    <message>
        <source>Touch a number to see its snapshots. In brackets stands the 95 % interval.</source>
        <translation>숫자를 누르면 그 사진이 나옵니다. 괄호 안은 95 % 신뢰구간입니다.</translation>
    </message>
    <message>
        <source>By structure</source>
        <translation>구조물별</translation>
    </message>
    <message>
        <source>People among each other</source>
        <translation>사람끼리</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>A part of the program failed and starts again: {reason}</source>
        <translation>프로그램 일부가 멈추어 다시 시작합니다: {reason}</translation>
    </message>
    <message>
        <source>A part of the program failed three times and stays stopped; start again: {reason}</source>
        <translation>프로그램 일부가 세 번 멈추어 중지했습니다. 프로그램을 다시 시작하십시오: {reason}</translation>
    </message>
    <message>
        <source>Keeping …</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>Kept as {name}</source>
        <translation>저장됨: {name}</translation>
    </message>
    <message>
        <source>Little room is left for snapshots: {mb} MB.</source>
        <translation>스냅숏을 저장할 공간이 얼마 남지 않았습니다: {mb} MB</translation>
    </message>
    <message>
        <source>A snapshot is not on the disk after {seconds} seconds: the disk is slow or does not answer.</source>
        <translation>{seconds}초가 지나도 스냅숏이 디스크에 저장되지 않았습니다. 디스크가 느리거나 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>화면 고정</translation>
    </message>
    <message>
        <source>steadied over {seconds} s</source>
        <translation>{seconds}초 동안 안정화</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>영상 없음</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>No source is open yet</source>
        <translation>아직 열린 영상원이 없습니다</translation>
    </message>
    <message>
        <source>{fps} pictures a second</source>
        <translation>초당 {fps}장</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>노출</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>감도</translation>
    </message>
    <message>
        <source>Focus</source>
        <translation>초점</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>조명</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Clockwise, for a camera that hangs on its side</source>
        <translation>시계 방향, 카메라를 옆으로 달았을 때</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>좌우 반전</translation>
    </message>
    <message>
        <source>Left and right exchanged</source>
        <translation>왼쪽과 오른쪽을 바꿉니다</translation>
    </message>
</context>
<context>
    <name>CardView</name>
    <message>
        <source>Here: {ms} ms for one tile ({runtime})</source>
        <translation>이 기기: 타일당 {ms} ms ({runtime})</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>이 모델 사용</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>측정 중지</translation>
    </message>
    <message>
        <source>Measure here</source>
        <translation>속도 측정</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>It has no card: its outputs were read from the file, its scores are not calibrated.</source>
        <translation>모델 카드가 없습니다. 출력은 파일에서 읽었고 점수는 보정되지 않았습니다.</translation>
    </message>
    <message>
        <source>It has no card: measure it to see what it tells apart.</source>
        <translation>모델 카드가 없습니다. 측정하면 무엇을 구분하는지 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Tells apart: {labels}</source>
        <translation>구분: {labels}</translation>
    </message>
    <message>
        <source>Size: {size}</source>
        <translation>크기: {size}</translation>
    </message>
    <message>
        <source>input {width} × {height} px</source>
        <translation>입력 {width} × {height} px</translation>
    </message>
    <message>
        <source>Held-out pictures: {found} % of the cracks found, {alarms} % false alarms</source>
        <translation>시험 사진: 균열 {found} % 검출, 오경보 {alarms} %</translation>
    </message>
    <message>
        <source>Being measured…</source>
        <translation>측정 중…</translation>
    </message>
    <message>
        <source>Here: {ms} ms for one tile ({runtime}, threads: {threads})</source>
        <translation>이 기기: 타일당 {ms} ms ({runtime}, 스레드 {threads}개)</translation>
    </message>
    <message>
        <source>Held-out pictures of</source>
        <translation>시험 사진 출처</translation>
    </message>
    <message>
        <source>Cracks found</source>
        <translation>균열 검출</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>오경보</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>한계</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>학습 자료</translation>
    </message>
</context>
<context>
    <name>ChangePanel</name>
    <message>
        <source>Changes</source>
        <translation>변화</translation>
    </message>
    <message>
        <source>No changes</source>
        <translation>변화 없음</translation>
    </message>
    <message>
        <source>No cracks in either picture</source>
        <translation>두 사진 모두 균열이 없습니다</translation>
    </message>
    <message>
        <source>Laid over each other by hand, by four points.</source>
        <translation>네 점을 직접 찍어 두 사진을 맞추었습니다.</translation>
    </message>
    <message>
        <source>Laid over each other to {px} px.</source>
        <translation>두 사진을 오차 {px} px로 맞추었습니다.</translation>
    </message>
    <message>
        <source>{share} % of the later picture compared.</source>
        <translation>나중 사진의 {share} %를 비교했습니다.</translation>
    </message>
    <message>
        <source>Two models looked: differences may be theirs.</source>
        <translation>두 사진의 모델이 다릅니다. 모델 때문에 차이가 날 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Clear {words}</source>
        <translation>조건 지우기: {words}</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>모두 지우기</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>There is no picture to keep yet.</source>
        <translation>아직 저장할 영상이 없습니다.</translation>
    </message>
    <message>
        <source>Kept as {name}, without a result: the model gave none in time.</source>
        <translation>{name}에 저장했지만 판정 결과가 없습니다. 모델이 제때 답하지 않았습니다.</translation>
    </message>
    <message>
        <source>No snapshot was kept yet; they go to {folder}.</source>
        <translation>아직 저장한 스냅숏이 없습니다. 저장 위치: {folder}</translation>
    </message>
    <message>
        <source>The snapshots are in {folder}.</source>
        <translation>스냅숏 위치: {folder}</translation>
    </message>
</context>
<context>
    <name>CompareFrame</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Looking for an earlier inspection…</source>
        <translation>이전 점검을 찾는 중…</translation>
    </message>
    <message>
        <source>The picture is loading…</source>
        <translation>사진을 불러오는 중…</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Nobody has said which structure this picture shows. Say so, then earlier inspections are found.</source>
        <translation>이 사진의 구조물을 아직 정하지 않았습니다. 위치를 정하면 이전 점검을 찾습니다.</translation>
    </message>
    <message>
        <source>There is no earlier inspection of this element.</source>
        <translation>이 부재의 이전 점검이 없습니다.</translation>
    </message>
    <message>
        <source>The pictures do not lie over each other.</source>
        <translation>두 사진이 겹치지 않습니다.</translation>
    </message>
    <message>
        <source>Both sides show the same picture.</source>
        <translation>양쪽이 같은 사진입니다.</translation>
    </message>
    <message>
        <source>Point {pair} of {pairs}: tap a spot in the earlier picture that both show.</source>
        <translation>점 {pair}/{pairs}: 두 사진에 모두 보이는 곳을 이전 사진에서 누르십시오.</translation>
    </message>
    <message>
        <source>Point {pair} of {pairs}: tap the same spot in the later picture.</source>
        <translation>점 {pair}/{pairs}: 나중 사진에서 같은 곳을 누르십시오.</translation>
    </message>
    <message>
        <source>{rate} Hz</source>
        <translation>{rate} Hz</translation>
    </message>
    <message>
        <source>Tap the picture to turn to the other one.</source>
        <translation>사진을 누르면 다른 사진으로 바뀝니다.</translation>
    </message>
    <message>
        <source>The pictures are being laid over each other…</source>
        <translation>두 사진을 맞추는 중…</translation>
    </message>
    <message>
        <source>These pictures cannot be laid over each other for certain: {why}. Compare them by eye.</source>
        <translation>두 사진을 확실하게 맞출 수 없습니다({why}). 눈으로 비교하십시오.</translation>
    </message>
    <message>
        <source>The four points do not fit together: {why}. Mark them anew.</source>
        <translation>네 점이 서로 맞지 않습니다({why}). 다시 찍으십시오.</translation>
    </message>
</context>
<context>
    <name>ComparisonSession</name>
    <message>
        <source>This snapshot is not in the library any more.</source>
        <translation>이 사진은 이제 라이브러리에 없습니다.</translation>
    </message>
</context>
<context>
    <name>ConfusionTable</name>
    <message>
        <source>The model says</source>
        <translation>모델 판정</translation>
    </message>
    <message>
        <source>People say</source>
        <translation>사람 판정</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Another library…</source>
        <translation>다른 라이브러리…</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>No window could be opened for {folder}; try `crackinspector review` in a terminal.</source>
        <translation>{folder}을(를) 열 창을 띄우지 못했습니다. 터미널에서 `crackinspector review`를 실행해 보십시오.</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Take off the tag {tag}</source>
        <translation>태그 떼기: {tag}</translation>
    </message>
    <message>
        <source>Size: {width} × {height} px</source>
        <translation>크기: {width} × {height} px</translation>
    </message>
    <message>
        <source>Taken: {when}</source>
        <translation>촬영: {when}</translation>
    </message>
    <message>
        <source>Added: {when}</source>
        <translation>추가: {when}</translation>
    </message>
    <message>
        <source>From: {source}</source>
        <translation>출처: {source}</translation>
    </message>
    <message>
        <source>Position: {north}, {east}</source>
        <translation>좌표: {north}, {east}</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>모델: {model}</translation>
    </message>
    <message>
        <source>Content: {digest}</source>
        <translation>내용 지문: {digest}</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조물</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>부재</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>for the next verdict; may be empty</source>
        <translation>다음 검토의 사유</translation>
    </message>
    <message>
        <source>Enter puts it on</source>
        <translation>Enter를 누르면 붙습니다</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Nothing is drawn. To say that there is no crack, reject the finding.</source>
        <translation>그린 것이 없습니다. 균열이 아니면 검출을 ‘틀림’으로 검토하십시오.</translation>
    </message>
    <message>
        <source>{width} px</source>
        <translation>{width} px</translation>
    </message>
    <message>
        <source>Width of the tip: {width} pixels</source>
        <translation>붓 굵기: {width} 화소</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>붓</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>선</translation>
    </message>
    <message>
        <source>Thinner</source>
        <translation>가늘게</translation>
    </message>
    <message>
        <source>Thicker</source>
        <translation>굵게</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 하기</translation>
    </message>
    <message>
        <source>End line</source>
        <translation>선 끝</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>What you have drawn is not saved. Discard it?</source>
        <translation>그린 것을 저장하지 않았습니다. 버릴까요?</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Keep drawing</source>
        <translation>계속 그리기</translation>
    </message>
    <message>
        <source>Correction by hand</source>
        <translation>손으로 고치기</translation>
    </message>
</context>
<context>
    <name>EditLayer</name>
    <message>
        <source>Drawing over the picture</source>
        <translation>사진 위에 그리기</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>사진 띠</translation>
    </message>
</context>
<context>
    <name>FilterForm</name>
    <message>
        <source>“{text}” is no date; write it as 2026, 2026-11 or 2026-11-30.</source>
        <translation>날짜가 아닙니다: “{text}”. 2026, 2026-11, 2026-11-30처럼 적으십시오.</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조물</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>부재</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>any</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Z to A</source>
        <translation>이름 역순</translation>
    </message>
    <message>
        <source>A to Z</source>
        <translation>이름순</translation>
    </message>
    <message>
        <source>Highest first</source>
        <translation>높은 것부터</translation>
    </message>
    <message>
        <source>Lowest first</source>
        <translation>낮은 것부터</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>최근 것부터</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>오래된 것부터</translation>
    </message>
    <message>
        <source>Name, place, tag, note…</source>
        <translation>이름, 위치, 태그, 메모…</translation>
    </message>
    <message>
        <source>Words to look for</source>
        <translation>찾을 말</translation>
    </message>
    <message>
        <source>The model says</source>
        <translation>모델 판정</translation>
    </message>
    <message>
        <source>People say</source>
        <translation>사람 판정</translation>
    </message>
    <message>
        <source>Crack likelihood</source>
        <translation>균열 가능성</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>촬영</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Source and tags</source>
        <translation>출처와 태그</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>정렬</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>최소</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>최대</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7일</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1년</translation>
    </message>
    <message>
        <source>from</source>
        <translation>부터</translation>
    </message>
    <message>
        <source>to</source>
        <translation>까지</translation>
    </message>
    <message>
        <source>Taken from</source>
        <translation>촬영 시작일</translation>
    </message>
    <message>
        <source>Taken to</source>
        <translation>촬영 마지막 날</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>가능성</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>검토</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>In your pictures</source>
        <translation>내 사진 폴더 안</translation>
    </message>
    <message>
        <source>Takes a full path, from / on.</source>
        <translation>/로 시작하는 전체 경로를 적으십시오.</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation>폴더가 아니라 파일입니다: {path}</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Mark four points</source>
        <translation>네 점 찍기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>느리게</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>빠르게</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>(no name)</source>
        <translation>(이름 없음)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>용지</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>of the report</source>
        <translation>보고서의 언어</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>on the cover; empty: inspection report</source>
        <translation>표지 제목, 비우면 점검 보고서</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>점검자</translation>
    </message>
    <message>
        <source>who answers for the report</source>
        <translation>보고서 책임자</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>로고</translation>
    </message>
    <message>
        <source>a picture for the cover</source>
        <translation>표지에 넣을 그림</translation>
    </message>
</context>
<context>
    <name>FrameView</name>
    <message>
        <source>Picture</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Zoom with plus and minus, move with the arrow keys, 0 shows all</source>
        <translation>더하기와 빼기로 확대와 축소, 화살표 키로 이동, 0은 전체 보기</translation>
    </message>
</context>
<context>
    <name>GalleryPage</name>
    <message>
        <source>No more than {count} pictures can be dragged out at once; export the list instead.</source>
        <translation>한 번에 {count}장까지만 끌어낼 수 있습니다. 더 많으면 목록 내보내기를 쓰십시오.</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>갤러리</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>This library can only be read: nothing can be decided or changed here.</source>
        <translation>읽기 전용 라이브러리입니다. 검토하거나 바꿀 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Bin</source>
        <translation>휴지통</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>갤러리</translation>
    </message>
    <message>
        <source>{count} chosen</source>
        <translation>{count}장 선택</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>사진 1장</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>사진 {count}장</translation>
    </message>
    <message>
        <source>{pictures}, more coming…</source>
        <translation>{pictures}, 더 들어오는 중…</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Leave the bin</source>
        <translation>휴지통 나가기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Models and people</source>
        <translation>모델과 사람</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>보고서…</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>사진 추가…</translation>
    </message>
    <message>
        <source>Export this list</source>
        <translation>이 목록 내보내기</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Snapshots and clips</source>
        <translation>스냅숏과 동영상</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Your own models</source>
        <translation>내 모델</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>기록 파일</translation>
    </message>
    <message>
        <source>The last crash</source>
        <translation>마지막 비정상 종료</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>화면 보는 법</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>About</source>
        <translation>정보</translation>
    </message>
    <message>
        <source>the model sees a crack; the heat map shows where, thin lines go around it</source>
        <translation>모델이 균열을 찾았습니다. 히트맵이 위치를 보이고 가는 선이 둘레를 표시합니다</translation>
    </message>
    <message>
        <source>a surface without a crack</source>
        <translation>균열이 없는 표면입니다</translation>
    </message>
    <message>
        <source>no wall, road or other surface to be inspected</source>
        <translation>벽이나 도로 같은 점검할 표면이 아닙니다</translation>
    </message>
    <message>
        <source>The percentage tells how sure the model is of that word.</source>
        <translation>백분율은 그 판정을 모델이 얼마나 확신하는지 나타냅니다.</translation>
    </message>
    <message>
        <source>The heat map has the same colours for every picture: the scale is in the lower left corner.</source>
        <translation>히트맵의 색은 모든 영상에서 같은 값을 뜻합니다. 눈금은 왼쪽 아래에 있습니다.</translation>
    </message>
    <message>
        <source>Crop, two fingers, the wheel or a double tap look closer. The model sees what you see.</source>
        <translation>중앙 확대, 두 손가락, 휠, 두 번 두드리기로 더 가까이 봅니다. 모델도 화면에 보이는 만큼만 봅니다.</translation>
    </message>
    <message>
        <source>The graph shows pictures a second: taken, looked at and painted. Dropped ones were overtaken.</source>
        <translation>그래프는 초당 촬영, 분석, 표시한 영상 수입니다. 건너뜀은 더 새로운 영상에 밀린 수입니다.</translation>
    </message>
    <message>
        <source>Touch an action’s keys below and press another key to change them.</source>
        <translation>아래에서 동작의 키를 누른 뒤 새 키를 누르면 바뀝니다.</translation>
    </message>
    <message>
        <source>crackinspector {version}, Apache-2.0.
With Qt and PySide6 (LGPL-3.0), LiteRT and OpenCV (Apache-2.0), NumPy (BSD-3-Clause), pyqtgraph (MIT) and fonts under the SIL Open Font License.
It helps to find cracks and does not replace an inspection by an engineer.</source>
        <translation>crackinspector {version}, Apache-2.0.
Qt와 PySide6(LGPL-3.0), LiteRT와 OpenCV(Apache-2.0), NumPy(BSD-3-Clause), pyqtgraph(MIT), SIL Open Font License 글꼴을 씁니다.
균열을 찾는 데 도움을 주며, 기술자의 점검을 대신하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>… and {count} earlier</source>
        <translation>… 이전 기록 {count}건</translation>
    </message>
    <message>
        <source>{what} ({number})</source>
        <translation>{what} ({number})</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Pictures</source>
        <translation>사진</translation>
    </message>
    <message numerus="yes">
        <source>Safe in the library: %n …</source>
        <translation>
            <numerusform>라이브러리에 저장함: %n장…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>사진 추가</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>사진…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조물</translation>
    </message>
    <message>
        <source>Such as a bridge; where they belong can be said later as well</source>
        <translation>예: 다리 이름. 나중에 정해도 됩니다</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>부재</translation>
    </message>
    <message>
        <source>Such as pier 3</source>
        <translation>예: 교각 3</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Such as 2026 autumn</source>
        <translation>예: 2026년 가을</translation>
    </message>
    <message>
        <source>Look for cracks</source>
        <translation>균열 찾기</translation>
    </message>
    <message>
        <source>Takes longer; can be done later as well</source>
        <translation>시간이 더 걸립니다. 나중에 해도 됩니다</translation>
    </message>
    <message>
        <source>Add to the library</source>
        <translation>라이브러리에 추가</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>Importer</name>
    <message>
        <source>Stopped: {summary}.</source>
        <translation>중지함: {summary}.</translation>
    </message>
    <message>
        <source>The import was ended from outside: {summary}.</source>
        <translation>가져오기가 외부에서 강제로 끝났습니다: {summary}.</translation>
    </message>
    <message>
        <source>Import finished: {summary}.</source>
        <translation>가져오기 완료: {summary}.</translation>
    </message>
    <message numerus="yes">
        <source>%n added</source>
        <translation>
            <numerusform>%n장 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n completed</source>
        <translation>
            <numerusform>%n장 보완</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n there already</source>
        <translation>
            <numerusform>%n장 이미 있음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deleted before</source>
        <translation>
            <numerusform>%n장 전에 삭제함</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>%n장 읽지 못함</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>reTerminal: button {button}</source>
        <translation>reTerminal {button} 버튼</translation>
    </message>
    <message>
        <source>Its own keys again</source>
        <translation>원래 키로</translation>
    </message>
    <message>
        <source>{action}: its own keys again</source>
        <translation>{action}: 원래 키로</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Keyboard</source>
        <translation>키보드</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Capital letter</source>
        <translation>대문자</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>띄어쓰기</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Colours of the heat map, 0 to 100 %</source>
        <translation>히트맵 색, 0에서 100 %까지</translation>
    </message>
    <message>
        <source>Threshold {0} %</source>
        <translation>판정 기준 {0} %</translation>
    </message>
</context>
<context>
    <name>LogoField</name>
    <message>
        <source>Choose…</source>
        <translation>고르기…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>로고</translation>
    </message>
</context>
<context>
    <name>ModeBar</name>
    <message>
        <source>Beside</source>
        <translation>나란히</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>번갈아</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>변화</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>It was the last to look at these.</source>
        <translation>이 사진을 마지막으로 분석한 모델입니다.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Model file</source>
        <translation>모델 파일</translation>
    </message>
    <message>
        <source>Models (*.tflite)</source>
        <translation>모델 (*.tflite)</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>파일 열기…</translation>
    </message>
    <message>
        <source>Reading the cards…</source>
        <translation>모델 카드를 읽는 중…</translation>
    </message>
</context>
<context>
    <name>MorePage</name>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
</context>
<context>
    <name>OriginPlate</name>
    <message>
        <source>Source and model</source>
        <translation>영상원과 모델</translation>
    </message>
</context>
<context>
    <name>OverPicture</name>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} / {count}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Previous picture (Left)</source>
        <translation>이전 사진 (←)</translation>
    </message>
    <message>
        <source>Next picture (Right)</source>
        <translation>다음 사진 (→)</translation>
    </message>
    <message>
        <source>Next one without a verdict (N)</source>
        <translation>다음 미검토 사진 (N)</translation>
    </message>
</context>
<context>
    <name>PageFrame</name>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>판정 기준</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>PDF 저장</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>인쇄…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>PickList</name>
    <message>
        <source>Look for a name</source>
        <translation>이름 찾기</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
</context>
<context>
    <name>PictureLoader</name>
    <message>
        <source>This snapshot is not in the library any more.</source>
        <translation>이 사진은 이제 라이브러리에 없습니다.</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Zoom with plus and minus, 0 shows all</source>
        <translation>더하기와 빼기로 확대와 축소, 0은 전체 보기</translation>
    </message>
</context>
<context>
    <name>PlaceForm</name>
    <message>
        <source>Structure</source>
        <translation>구조물</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>부재</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Several; stays as it is</source>
        <translation>여러 가지, 그대로 둠</translation>
    </message>
    <message>
        <source>Set place</source>
        <translation>위치 정하기</translation>
    </message>
</context>
<context>
    <name>RateGraph</name>
    <message>
        <source>captured</source>
        <translation>촬영</translation>
    </message>
    <message>
        <source>painted</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>분석</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>건너뜀</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>초당 영상 수</translation>
    </message>
    <message>
        <source>frames/s</source>
        <translation>초당 영상</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>지연</translation>
    </message>
</context>
<context>
    <name>ReportPage</name>
    <message>
        <source>Reading the library…</source>
        <translation>라이브러리를 읽는 중…</translation>
    </message>
    <message>
        <source>{pages} pages, {snapshots} snapshots</source>
        <translation>{pages}쪽, 사진 {snapshots}장</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>보고서 저장</translation>
    </message>
    <message>
        <source>Page {done} of {count}…</source>
        <translation>{done} / {count}쪽…</translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept of it.</source>
        <translation>중지했습니다. 저장한 것은 없습니다.</translation>
    </message>
    <message>
        <source>{pages} pages were sent to the printer.</source>
        <translation>{pages}쪽을 프린터로 보냈습니다.</translation>
    </message>
    <message>
        <source>Saved: {path}. Pictures that could not be read: {count}; the report names them.</source>
        <translation>저장됨: {path}. 읽지 못한 사진 {count}장은 보고서에 적었습니다.</translation>
    </message>
    <message>
        <source>Saved: {path}</source>
        <translation>저장됨: {path}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Pages of the report</source>
        <translation>보고서 쪽</translation>
    </message>
</context>
<context>
    <name>Rerun</name>
    <message>
        <source>Nothing can be written to this library: copy it and open the copy.</source>
        <translation>이 라이브러리에는 쓸 수 없습니다. 복사해서 사본을 여십시오.</translation>
    </message>
    <message>
        <source>Stopped: {summary}.</source>
        <translation>중지함: {summary}.</translation>
    </message>
    <message>
        <source>The model’s process was ended from outside: {summary}.</source>
        <translation>모델이 외부에서 강제로 끝났습니다: {summary}.</translation>
    </message>
    <message>
        <source>The model’s process ended without an answer. Try again.</source>
        <translation>모델이 답 없이 끝났습니다. 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>Done: {summary}.</source>
        <translation>완료: {summary}.</translation>
    </message>
    <message>
        <source>{model} says: {label}. Until now it was: {before}.</source>
        <translation>{model} 판정: {label}. 이전 판정: {before}.</translation>
    </message>
    <message>
        <source>{model} says the same: {label}.</source>
        <translation>{model} 판정도 같습니다: {label}.</translation>
    </message>
    <message>
        <source>{model} was the last to look at it: {label}.</source>
        <translation>마지막으로 분석한 모델과 같습니다. {model} 판정: {label}.</translation>
    </message>
    <message>
        <source>{model} says: {label}.</source>
        <translation>{model} 판정: {label}.</translation>
    </message>
    <message numerus="yes">
        <source>%n with another label</source>
        <translation>
            <numerusform>판정 바뀜 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n now with a crack</source>
        <translation>
            <numerusform>새로 균열 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no more</source>
        <translation>
            <numerusform>균열 아님 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with the same label</source>
        <translation>
            <numerusform>판정 같음 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n looked at for the first time</source>
        <translation>
            <numerusform>첫 분석 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n that this model has seen before</source>
        <translation>
            <numerusform>이미 분석함 %n장</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unreadable</source>
        <translation>
            <numerusform>읽지 못함 %n장</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RerunPage</name>
    <message>
        <source>{done} of {of} looked at …</source>
        <translation>{of}장 가운데 {done}장 분석…</translation>
    </message>
    <message>
        <source>The model is loaded …</source>
        <translation>모델을 불러오는 중…</translation>
    </message>
    <message>
        <source>Look again with another model</source>
        <translation>다른 모델로 다시 분석</translation>
    </message>
    <message numerus="yes">
        <source>%n snapshots.</source>
        <translation>
            <numerusform>사진 %n장.</numerusform>
        </translation>
    </message>
    <message>
        <source>What the model says is kept beside what was said before; its findings take the place of others.</source>
        <translation>이전 판정도 기록에 남고, 검출은 새 모델의 것으로 바뀝니다.</translation>
    </message>
    <message>
        <source>Verdicts on snapshots stay, and so does what was drawn by hand.</source>
        <translation>사진에 대한 검토와 손으로 그린 것은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 분석</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Save or discard what is drawn here first.</source>
        <translation>먼저 그린 것을 저장하거나 버리십시오.</translation>
    </message>
    <message>
        <source>The picture is not on screen yet.</source>
        <translation>사진이 아직 화면에 나오지 않았습니다.</translation>
    </message>
    <message>
        <source>There is nothing here that a verdict could judge.</source>
        <translation>검토할 모델 판정이 없습니다.</translation>
    </message>
    <message>
        <source>That was too quick to have looked; press again.</source>
        <translation>사진을 보기에 너무 빨랐습니다. 다시 누르십시오.</translation>
    </message>
    <message>
        <source>What is drawn is not taken back: reject the finding instead (R).</source>
        <translation>그린 검출은 되돌릴 수 없습니다. 대신 그 검출을 틀림(R)으로 판정하십시오.</translation>
    </message>
    <message>
        <source>There is no verdict to take back.</source>
        <translation>되돌릴 검토가 없습니다.</translation>
    </message>
    <message>
        <source>There is no snapshot here.</source>
        <translation>여기에 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>불러오는 중…</translation>
    </message>
    <message>
        <source>The verdict on {name} was not kept: {reason}</source>
        <translation>{name}: 검토를 저장하지 못했습니다. {reason}</translation>
    </message>
    <message>
        <source>Every other picture of this list has been decided on.</source>
        <translation>이 목록의 다른 사진은 모두 검토했습니다.</translation>
    </message>
    <message>
        <source>Being written …</source>
        <translation>저장 중…</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>저장했습니다.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Not analysed</source>
        <translation>분석 안 함</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <source>being written to the disk …</source>
        <translation>디스크에 저장하는 중…</translation>
    </message>
    <message>
        <source>Finding {number}: {verdict}</source>
        <translation>검출 {number}: {verdict}</translation>
    </message>
    <message>
        <source>This library can only be read.</source>
        <translation>읽기 전용 라이브러리입니다.</translation>
    </message>
    <message>
        <source>A verdict judges what a model says; let one look first.</source>
        <translation>검토는 모델 판정에 대한 것입니다. 먼저 모델로 분석하십시오.</translation>
    </message>
    <message>
        <source>This picture is very large: it is shown at 1/{factor} of its size.</source>
        <translation>사진이 매우 커서 1/{factor} 크기로 표시합니다.</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>No findings.</source>
        <translation>검출이 없습니다.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Next picture after a verdict</source>
        <translation>검토하면 다음 사진으로</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>고치기</translation>
    </message>
    <message>
        <source>Another model</source>
        <translation>다른 모델</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>비교</translation>
    </message>
    <message>
        <source>Re-inspect</source>
        <translation>재점검</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>검출</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to the default</source>
        <translation>기본값으로</translation>
    </message>
    <message>
        <source>{setting}: back to the default</source>
        <translation>{setting}: 기본값으로</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>All to defaults</source>
        <translation>모두 기본값으로</translation>
    </message>
    <message>
        <source>Source, model and shortcuts stay as they are</source>
        <translation>영상원, 모델, 단축키는 그대로 둡니다</translation>
    </message>
    <message>
        <source>Section</source>
        <translation>구분</translation>
    </message>
</context>
<context>
    <name>Side</name>
    <message>
        <source>Any</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Only this</source>
        <translation>이것만</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Show 1 picture</source>
        <translation>사진 1장 보기</translation>
    </message>
    <message>
        <source>Show {count} pictures</source>
        <translation>사진 {count}장 보기</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>모두 지우기</translation>
    </message>
</context>
<context>
    <name>SnapshotDelegate</name>
    <message>
        <source>Picture is missing</source>
        <translation>사진 파일 없음</translation>
    </message>
    <message>
        <source>Picture is damaged</source>
        <translation>사진 손상</translation>
    </message>
</context>
<context>
    <name>Snapshots</name>
    <message>
        <source>Too many snapshots at once: this one was not kept. Wait a moment.</source>
        <translation>스냅숏이 한꺼번에 너무 많아 이번 것은 저장하지 못했습니다. 잠시 기다리십시오.</translation>
    </message>
</context>
<context>
    <name>SourcesPage</name>
    <message>
        <source>Automatic: the first camera, else the demo wall</source>
        <translation>자동: 첫 카메라, 없으면 시연용 벽</translation>
    </message>
    <message>
        <source>An address starts with rtsp:// or http://, for example rtsp://192.168.0.9/stream.</source>
        <translation>주소는 rtsp:// 또는 http://로 시작합니다. 예: rtsp://192.168.0.9/stream</translation>
    </message>
    <message>
        <source>Picture or video</source>
        <translation>사진 또는 동영상</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>사진 폴더</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>영상원</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>다시 찾기</translation>
    </message>
    <message>
        <source>Picture or video…</source>
        <translation>사진·동영상…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Address, such as rtsp://…</source>
        <translation>주소, 예: rtsp://…</translation>
    </message>
    <message>
        <source>Address of a network camera</source>
        <translation>네트워크 카메라 주소</translation>
    </message>
</context>
<context>
    <name>StateChip</name>
    <message>
        <source>State of the source</source>
        <translation>영상원 상태</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Less</source>
        <translation>줄이기</translation>
    </message>
    <message>
        <source>More</source>
        <translation>늘리기</translation>
    </message>
    <message>
        <source>Takes a whole number from {least} to {most}.</source>
        <translation>{least}에서 {most}까지의 정수를 적으십시오.</translation>
    </message>
    <message>
        <source>Takes a number from {least} to {most}.</source>
        <translation>{least}에서 {most}까지의 수를 적으십시오.</translation>
    </message>
</context>
<context>
    <name>SwipeHandle</name>
    <message>
        <source>Line between without and with heat map</source>
        <translation>히트맵 없음과 있음을 나누는 선</translation>
    </message>
</context>
<context>
    <name>Switch</name>
    <message>
        <source>On</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>끔</translation>
    </message>
</context>
<context>
    <name>TagForm</name>
    <message>
        <source>Put on</source>
        <translation>붙이기</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>떼기</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Tag, such as “wet”</source>
        <translation>태그, 예: “젖음”</translation>
    </message>
    <message>
        <source>Put this tag on</source>
        <translation>이 태그 붙이기</translation>
    </message>
    <message>
        <source>Take this tag off</source>
        <translation>이 태그 떼기</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>VerdictPanel</name>
    <message>
        <source>CRACK</source>
        <translation>균열</translation>
    </message>
    <message>
        <source>NO CRACK</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>NOT A SURFACE</source>
        <translation>표면 아님</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>찾는 중…</translation>
    </message>
</context>
<context>
    <name>ViewControls</name>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Outline from</source>
        <translation>둘레 기준</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>둘레</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>검출</translation>
    </message>
    <message>
        <source>Before/after</source>
        <translation>비교선</translation>
    </message>
</context>
<context>
    <name>Writing</name>
    <message>
        <source>It was not kept: {reason}</source>
        <translation>저장하지 못했습니다: {reason}</translation>
    </message>
</context>
<context>
    <name>ZoomChip</name>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>{0}×</source>
        <translation>{0}×</translation>
    </message>
</context>
<context>
    <name>_Cell</name>
    <message>
        <source>Model: {said}, people: {true}: {count}</source>
        <translation>모델 {said}, 사람 {true}: {count}장</translation>
    </message>
    <message>
        <source>Show these snapshots</source>
        <translation>이 사진 보기</translation>
    </message>
</context>
<context>
    <name>_Model</name>
    <message>
        <source>by hand</source>
        <translation>손으로</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Show where the model sees a crack</source>
        <translation>모델이 본 균열의 위치를 표시합니다</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>중앙 확대</translation>
    </message>
    <message>
        <source>Look at the middle of the picture only</source>
        <translation>영상의 가운데만 봅니다</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>스냅숏</translation>
    </message>
    <message>
        <source>Keep this picture with its result</source>
        <translation>지금 영상을 결과와 함께 저장합니다</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Leave this page, or the program</source>
        <translation>이 화면이나 프로그램을 닫습니다</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>화면 고정</translation>
    </message>
    <message>
        <source>Hold the picture still</source>
        <translation>영상을 멈추어 둡니다</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>녹화</translation>
    </message>
    <message>
        <source>Record a video clip, from a few seconds ago</source>
        <translation>몇 초 전부터 동영상을 녹화합니다</translation>
    </message>
    <message>
        <source>More heat map</source>
        <translation>히트맵 진하게</translation>
    </message>
    <message>
        <source>Make the heat map stronger</source>
        <translation>히트맵을 더 진하게 합니다</translation>
    </message>
    <message>
        <source>Less heat map</source>
        <translation>히트맵 연하게</translation>
    </message>
    <message>
        <source>Make the heat map fainter</source>
        <translation>히트맵을 더 연하게 합니다</translation>
    </message>
    <message>
        <source>Threshold up</source>
        <translation>기준 높이기</translation>
    </message>
    <message>
        <source>Call fewer things a crack</source>
        <translation>더 확실한 것만 균열로 판정합니다</translation>
    </message>
    <message>
        <source>Threshold down</source>
        <translation>기준 낮추기</translation>
    </message>
    <message>
        <source>Call more things a crack</source>
        <translation>덜 확실한 것도 균열로 판정합니다</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>더 가까이 봅니다</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Look from farther away</source>
        <translation>더 멀리서 봅니다</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Look at the whole picture again</source>
        <translation>다시 영상 전체를 봅니다</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상표</translation>
    </message>
    <message>
        <source>Draw the heat map in the next colours</source>
        <translation>히트맵을 다음 색상표로 그립니다</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Dark, or sunlight for outdoors</source>
        <translation>어두운 화면, 또는 야외용 밝은 화면</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Use the whole screen</source>
        <translation>화면 전체를 씁니다</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>영상원</translation>
    </message>
    <message>
        <source>Choose a camera, a file or a folder</source>
        <translation>카메라, 파일, 폴더를 고릅니다</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Choose what looks for cracks</source>
        <translation>균열을 찾을 모델을 고릅니다</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Change how it works</source>
        <translation>동작 방식을 바꿉니다</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>What is on the screen, and every key</source>
        <translation>화면 설명과 모든 단축키</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>갤러리</translation>
    </message>
    <message>
        <source>Look at the snapshots that were kept, and decide on them</source>
        <translation>저장한 사진을 보고 검토합니다</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Open the folder of snapshots and clips</source>
        <translation>스냅숏과 동영상이 있는 폴더를 엽니다</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>프로그램을 끝냅니다</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>나머지 기능</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Back to the live picture</source>
        <translation>실시간 영상으로 돌아갑니다</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 연결</translation>
    </message>
    <message>
        <source>Connect to the source again</source>
        <translation>영상원에 다시 연결합니다</translation>
    </message>
</context>
<context>
    <name>changes</name>
    <message>
        <source>New</source>
        <translation>신규</translation>
    </message>
    <message>
        <source>Grown</source>
        <translation>진전</translation>
    </message>
    <message>
        <source>Repaired</source>
        <translation>보수</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>변화 없음</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>비교 불가</translation>
    </message>
    <message>
        <source>{before} → {after} px</source>
        <translation>{before} → {after} px</translation>
    </message>
    <message>
        <source>{length} px</source>
        <translation>{length} px</translation>
    </message>
    <message>
        <source>faint in one</source>
        <translation>한쪽이 흐림</translation>
    </message>
    <message>
        <source>in part</source>
        <translation>일부만</translation>
    </message>
    <message>
        <source>in the earlier one; not comparable there</source>
        <translation>이전 사진에만 있음, 비교할 수 없는 곳</translation>
    </message>
    <message>
        <source>in the later one; not comparable there</source>
        <translation>나중 사진에만 있음, 비교할 수 없는 곳</translation>
    </message>
    <message>
        <source>only the earlier one shows it</source>
        <translation>이전 사진에만 있는 곳</translation>
    </message>
    <message>
        <source>only the later one shows it</source>
        <translation>나중 사진에만 있는 곳</translation>
    </message>
</context>
<context>
    <name>gallery</name>
    <message>
        <source>{count} left out: no model has looked at them.</source>
        <translation>{count}장 제외: 분석한 모델이 없습니다.</translation>
    </message>
    <message>
        <source>Writing: {done} of {total}…</source>
        <translation>저장 중: {done} / {total}…</translation>
    </message>
    <message>
        <source>Nothing had to be changed.</source>
        <translation>바꿀 것이 없습니다.</translation>
    </message>
    <message>
        <source>{count} confirmed.</source>
        <translation>{count}장을 ‘맞음’으로 검토했습니다.</translation>
    </message>
    <message>
        <source>{count} rejected.</source>
        <translation>{count}장을 ‘틀림’으로 검토했습니다.</translation>
    </message>
    <message>
        <source>{count} marked as unsure.</source>
        <translation>{count}장을 ‘불확실’로 검토했습니다.</translation>
    </message>
    <message>
        <source>“{name}” put on {count}.</source>
        <translation>{count}장에 태그를 붙였습니다: “{name}”</translation>
    </message>
    <message>
        <source>“{name}” taken off {count}.</source>
        <translation>{count}장에서 태그를 뗐습니다: “{name}”</translation>
    </message>
    <message>
        <source>{count} have a new place.</source>
        <translation>{count}장의 위치를 정했습니다.</translation>
    </message>
    <message>
        <source>{count} put into the bin.</source>
        <translation>{count}장을 휴지통에 넣었습니다.</translation>
    </message>
    <message>
        <source>{count} out of the bin again.</source>
        <translation>{count}장을 복원했습니다.</translation>
    </message>
    <message>
        <source>Taken back for {count}.</source>
        <translation>{count}장을 되돌렸습니다.</translation>
    </message>
    <message>
        <source>People say: {label}</source>
        <translation>사람 판정: {label}</translation>
    </message>
    <message>
        <source>By {model}</source>
        <translation>모델: {model}</translation>
    </message>
    <message>
        <source>No source</source>
        <translation>출처 없음</translation>
    </message>
    <message>
        <source>No place</source>
        <translation>위치 없음</translation>
    </message>
    <message>
        <source>Not analysed</source>
        <translation>분석 안 함</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>Unreviewed</source>
        <translation>미검토</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>검출 1건</translation>
    </message>
    <message>
        <source>{count} findings</source>
        <translation>검출 {count}건</translation>
    </message>
    <message>
        <source>Exporting to {place}…</source>
        <translation>내보내는 중: {place}…</translation>
    </message>
    <message>
        <source>{count} exported to {place}.</source>
        <translation>{count}장을 내보냈습니다: {place}</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>표 (CSV)</translation>
    </message>
    <message>
        <source>Everything (JSON)</source>
        <translation>전체 (JSON)</translation>
    </message>
    <message>
        <source>COCO with masks</source>
        <translation>COCO와 마스크</translation>
    </message>
    <message>
        <source>YOLO boxes</source>
        <translation>YOLO 사각형</translation>
    </message>
    <message>
        <source>Map (GeoJSON)</source>
        <translation>지도 (GeoJSON)</translation>
    </message>
    <message>
        <source>Labelled folders</source>
        <translation>분류한 폴더</translation>
    </message>
    <message>
        <source>The library cannot be opened</source>
        <translation>라이브러리를 열 수 없습니다</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>라이브러리를 여는 중…</translation>
    </message>
    <message>
        <source>No picture fits everything that the filter asks for.</source>
        <translation>필터 조건에 모두 맞는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing fits</source>
        <translation>맞는 사진 없음</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>모두 지우기</translation>
    </message>
    <message>
        <source>What is put into the bin waits here and can be restored.</source>
        <translation>휴지통에 넣은 사진은 여기에 남고 복원할 수 있습니다.</translation>
    </message>
    <message>
        <source>The bin is empty</source>
        <translation>휴지통이 비었습니다</translation>
    </message>
    <message>
        <source>Leave the bin</source>
        <translation>휴지통 나가기</translation>
    </message>
    <message>
        <source>They are listed as they come.</source>
        <translation>들어오는 대로 목록에 나타납니다.</translation>
    </message>
    <message>
        <source>Taking in the snapshots…</source>
        <translation>스냅숏을 가져오는 중…</translation>
    </message>
    <message>
        <source>Keep snapshots in the live view, or add pictures from a camera, drone or folder.</source>
        <translation>실시간 화면에서 스냅숏을 저장하거나 카메라, 드론, 폴더의 사진을 추가하십시오.</translation>
    </message>
    <message>
        <source>Add pictures…</source>
        <translation>사진 추가…</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>아직 사진이 없습니다</translation>
    </message>
</context>
<context>
    <name>labels</name>
    <message>
        <source>Crack</source>
        <translation>균열</translation>
    </message>
    <message>
        <source>No crack</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>Not a surface</source>
        <translation>표면 아님</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>찾는 중…</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>시작 중</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>실시간</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>영상 멈춤</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>연결 끊김</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>Demo wall</source>
        <translation>시연용 벽</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>모델 불러오는 중</translation>
    </message>
    <message>
        <source>Model ready</source>
        <translation>모델 준비됨</translation>
    </message>
    <message>
        <source>Model failed</source>
        <translation>모델 오류</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Sees fine cracks; the one for most devices.</source>
        <translation>가는 균열까지 찾습니다. 대부분의 기기에 알맞습니다.</translation>
    </message>
    <message>
        <source>Coarser, with less than half the work: for slow devices.</source>
        <translation>덜 세밀하지만 연산이 절반도 안 됩니다. 느린 기기에 알맞습니다.</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Inspection report</source>
        <translation>점검 보고서</translation>
    </message>
    <message>
        <source>Structure</source>
        <translation>구조물</translation>
    </message>
    <message>
        <source>Inspection</source>
        <translation>점검</translation>
    </message>
    <message>
        <source>Pictures taken</source>
        <translation>촬영 기간</translation>
    </message>
    <message>
        <source>Report of</source>
        <translation>작성일</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>점검자</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>작성 프로그램</translation>
    </message>
    <message>
        <source>Cover</source>
        <translation>표지</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>목차</translation>
    </message>
    <message>
        <source>Elements</source>
        <translation>부재별 조사 결과</translation>
    </message>
    <message>
        <source>Snapshots without findings</source>
        <translation>검출이 없는 사진</translation>
    </message>
    <message>
        <source>Snapshots not shown with their picture</source>
        <translation>본문에 싣지 않은 사진</translation>
    </message>
    <message>
        <source>Inspection: {names}</source>
        <translation>점검: {names}</translation>
    </message>
    <message>
        <source>snapshots: {count}</source>
        <translation>사진 {count}장</translation>
    </message>
    <message>
        <source>with crack: {count}</source>
        <translation>균열 {count}장</translation>
    </message>
    <message>
        <source>findings not rejected: {count}</source>
        <translation>유효 검출 {count}건</translation>
    </message>
    <message>
        <source>longest: {finding}, {size}</source>
        <translation>가장 긴 검출 {finding}, {size}</translation>
    </message>
    <message>
        <source>Snapshot {number}</source>
        <translation>사진 {number}</translation>
    </message>
    <message>
        <source>{number} as it was taken</source>
        <translation>{number} 원본</translation>
    </message>
    <message>
        <source>{number} with crack map</source>
        <translation>{number} 균열 지도</translation>
    </message>
    <message>
        <source>{number}: no model has looked at it</source>
        <translation>{number}: 모델이 분석하지 않음</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>검토 결과</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Findings that are smaller than these and not listed: {count}</source>
        <translation>이보다 작아 적지 않은 검출: {count}건</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>촬영 시각 모름</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>검출</translation>
    </message>
    <message>
        <source>Left, top (px)</source>
        <translation>왼쪽, 위 (px)</translation>
    </message>
    <message>
        <source>Width × height (px)</source>
        <translation>너비 × 높이 (px)</translation>
    </message>
    <message>
        <source>Crack length, width (px)</source>
        <translation>균열 길이, 폭 (px)</translation>
    </message>
    <message>
        <source>Crack length, width (mm)</source>
        <translation>균열 길이, 폭 (mm)</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>By</source>
        <translation>작성</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>model, corrected by hand</source>
        <translation>모델, 사람이 고침</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>촬영</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>검출</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>최장</translation>
    </message>
    <message>
        <source>The picture cannot be read; see what was not inspected.</source>
        <translation>사진을 읽을 수 없습니다. 미점검 항목을 보십시오.</translation>
    </message>
    <message>
        <source>Not inspected, and why</source>
        <translation>미점검 항목과 사유</translation>
    </message>
    <message>
        <source>Only what is in the library can be told of. Surfaces that nobody took a picture of appear nowhere in this report, and the library cannot know of them. Of what it knows, this was not inspected, or not to the end:</source>
        <translation>이 보고서는 라이브러리에 있는 자료만 다룹니다. 촬영하지 않은 표면은 라이브러리가 알 수 없으므로 보고서에 나오지 않습니다. 라이브러리에 있는 것 가운데 점검하지 않았거나 점검을 마치지 않은 것은 다음과 같습니다.</translation>
    </message>
    <message>
        <source>Nothing: every element has snapshots, a model has looked at every one, a person has decided on it, and every picture is there.</source>
        <translation>없습니다. 모든 부재에 사진이 있고, 모든 사진을 모델이 분석하고 사람이 검토했으며, 모든 사진 파일이 남아 있습니다.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>수량</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>Which</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>Elements without a snapshot</source>
        <translation>사진이 없는 부재</translation>
    </message>
    <message>
        <source>They have snapshots of other inspections, none of {inspection}.</source>
        <translation>다른 점검의 사진은 있으나 이번 점검의 사진이 없습니다(점검: {inspection}).</translation>
    </message>
    <message>
        <source>Not looked at by a model</source>
        <translation>모델이 분석하지 않음</translation>
    </message>
    <message>
        <source>They were imported without analysis, or the analysis failed.</source>
        <translation>분석 없이 가져왔거나 분석에 실패했습니다.</translation>
    </message>
    <message>
        <source>Unreviewed</source>
        <translation>미검토</translation>
    </message>
    <message>
        <source>No person has decided on them: what is said of them is the model&apos;s word alone.</source>
        <translation>사람이 검토하지 않았습니다. 적힌 내용은 모델의 판정뿐입니다.</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>불확실</translation>
    </message>
    <message>
        <source>A person has looked and could not decide; look at the place itself.</source>
        <translation>사람이 검토했으나 판단하지 못했습니다. 현장에서 확인하십시오.</translation>
    </message>
    <message>
        <source>Not a surface</source>
        <translation>표면 아님</translation>
    </message>
    <message>
        <source>The model does not take them for a surface that it knows: nothing was searched for.</source>
        <translation>모델이 점검할 표면으로 보지 않아 균열을 찾지 않았습니다.</translation>
    </message>
    <message>
        <source>Picture missing</source>
        <translation>사진 파일 없음</translation>
    </message>
    <message>
        <source>The file is not on the disk any more: what is said of it cannot be checked.</source>
        <translation>디스크에 파일이 없어 적힌 내용을 확인할 수 없습니다.</translation>
    </message>
    <message>
        <source>In the bin</source>
        <translation>휴지통에 있음</translation>
    </message>
    <message>
        <source>A person has put them there. They count nowhere in this report.</source>
        <translation>사람이 휴지통에 넣었습니다. 이 보고서의 어떤 수치에도 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>Deleted for good</source>
        <translation>영구 삭제</translation>
    </message>
    <message>
        <source>They were removed from this library; where they belonged to is not known any more.</source>
        <translation>라이브러리에서 삭제되어 어느 부재의 사진이었는지 알 수 없습니다.</translation>
    </message>
    <message>
        <source>anywhere in the library</source>
        <translation>라이브러리 전체</translation>
    </message>
    <message>
        <source>Not shown here</source>
        <translation>싣지 않음</translation>
    </message>
    <message>
        <source>They count in every figure, but their pictures are left out: this report shows {most}.</source>
        <translation>모든 수치에 들어가지만 사진은 싣지 않았습니다. 이 보고서에 실은 사진: {most}장</translation>
    </message>
    <message>
        <source>Method and limits</source>
        <translation>조사 방법과 한계</translation>
    </message>
    <message>
        <source>How it was done</source>
        <translation>조사 방법</translation>
    </message>
    <message>
        <source>Pictures of the surfaces were kept in a library, byte for byte as they came. A model looked at each of them, tile by tile, and gave it a label, a crack likelihood and a crack map. People looked at the pictures and their maps and decided: confirmed, rejected or unsure. Every decision is kept with name and time; a changed mind is a further decision, and nothing is taken away.</source>
        <translation>표면을 촬영한 사진을 원본 그대로 라이브러리에 보관했습니다. 모델이 사진을 작은 구역으로 나누어 분석하고 판정, 균열 가능성, 균열 지도를 냈습니다. 사람이 사진과 균열 지도를 보고 모델 판정을 맞음, 틀림, 불확실로 검토했습니다. 모든 검토는 이름, 시각과 함께 남으며, 생각을 바꾸면 새 검토가 더해질 뿐 이전 기록은 지워지지 않습니다.</translation>
    </message>
    <message>
        <source>Likelihood, score and map</source>
        <translation>균열 가능성, 점수, 균열 지도</translation>
    </message>
    <message>
        <source>They say how sure the model is, from 0 to 1 or in per cent. They are not a probability that has been measured on this structure, and say nothing of how deep, how old or how dangerous a crack is. The colours of the map mean the same in every picture; the tick in its scale is where a finding begins.</source>
        <translation>모델이 얼마나 확신하는지를 0에서 1 또는 백분율로 나타냅니다. 이 구조물에서 측정한 확률이 아니며, 균열의 깊이, 발생 시기, 위험도를 뜻하지 않습니다. 균열 지도의 색은 모든 사진에서 같은 값을 뜻하고, 눈금의 표시는 검출로 보는 기준입니다.</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>A finding is a connected part of the crack map, or of what a person has drawn. One crack may make several findings, and several cracks that touch may make one: the number of findings is not a number of cracks. Numbers of findings hold within this report.</source>
        <translation>검출은 균열 지도나 사람이 그린 영역에서 서로 이어진 한 부분입니다. 한 균열이 여러 검출로 나뉘거나 맞닿은 여러 균열이 한 검출이 될 수 있으므로 검출 수는 균열 수가 아닙니다. 검출 번호는 이 보고서 안에서만 쓰입니다.</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>A verdict on a snapshot is on the model&apos;s word for it: a confirmed “no crack” is a decision too, and differs from unreviewed, which nobody has decided on. A verdict on a finding is on that finding alone. Times of decisions are in UTC; times of pictures are as the camera had them.</source>
        <translation>사진에 대한 검토는 그 사진의 모델 판정에 대한 것입니다. “균열 없음” 판정을 맞음으로 검토한 것도 하나의 결정이며, 아무도 결정하지 않은 미검토와 다릅니다. 검출에 대한 검토는 그 검출에만 해당합니다. 검토 시각은 UTC, 촬영 시각은 카메라의 시각입니다.</translation>
    </message>
    <message>
        <source>What it cannot tell</source>
        <translation>알 수 없는 것</translation>
    </message>
    <message>
        <source>Models miss cracks and take joints, edges, stains and shadows for cracks. Hairlines that are finer than a few pixels are not seen, nor is what lies below the surface or out of the picture. A surface without findings is not proved to be sound. This report does not replace an engineer&apos;s judgement of the structure.</source>
        <translation>모델은 균열을 놓치기도 하고 이음부, 모서리, 얼룩, 그림자를 균열로 보기도 합니다. 몇 화소보다 가는 실금, 표면 아래의 손상, 사진 밖의 손상은 볼 수 없습니다. 검출이 없다고 해서 표면이 건전하다고 증명된 것은 아닙니다. 이 보고서는 구조물에 대한 기술자의 판단을 대신하지 않습니다.</translation>
    </message>
    <message>
        <source>How to check this report</source>
        <translation>보고서 확인 방법</translation>
    </message>
    <message>
        <source>The library&apos;s fingerprint on the cover, {fingerprint}, is a digest of every picture and every event that this report tells of: the same fingerprint is the same state. `crackinspector library check` reads the library again and tells whether every file is what it was.</source>
        <translation>표지에 적힌 라이브러리 지문({fingerprint})은 이 보고서가 다루는 모든 사진과 기록으로 계산한 값으로, 지문이 같으면 상태가 같습니다. `crackinspector library check`는 라이브러리를 다시 읽어 모든 파일이 그대로인지 알려 줍니다.</translation>
    </message>
    <message>
        <source>Pixels are no millimetres: the same crack has twice as many pixels from half the distance. Sizes in pixels can be compared within one picture, not from picture to picture. Width and height are those of the box around a finding; where no length was measured, the longer side of the box stands for it.</source>
        <translation>화소는 밀리미터가 아닙니다. 거리가 절반이면 같은 균열도 화소 수가 두 배가 됩니다. 화소 단위의 크기는 한 사진 안에서만 비교할 수 있습니다. 너비와 높이는 검출을 둘러싼 사각형의 크기이며, 길이를 재지 않은 검출은 사각형의 긴 변을 길이로 적었습니다.</translation>
    </message>
    <message>
        <source>No scale is known for these pictures, so nothing is given in millimetres.</source>
        <translation>이 사진들은 축척을 알 수 없어 밀리미터로 적지 않았습니다.</translation>
    </message>
    <message>
        <source>Millimetres are given where a scale is known, and only there.</source>
        <translation>밀리미터는 축척을 아는 곳에만 적었습니다.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>No model has looked at any of these snapshots.</source>
        <translation>이 사진들을 분석한 모델이 없습니다.</translation>
    </message>
    <message>
        <source>A model gives every picture a crack likelihood and a map of where it sees cracks. Its figures below are those of its card: how it did on pictures of its makers that it was not trained on. On other surfaces, in other light, it may do worse.</source>
        <translation>모델은 사진마다 균열 가능성과 균열 위치의 지도를 냅니다. 아래 수치는 모델 카드에 적힌 것으로, 학습에 쓰지 않은 제작자의 시험 사진에서 얻은 성적입니다. 표면이나 조명이 다르면 성적이 더 나쁠 수 있습니다.</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>The card of this model is not there; nothing is known of how it does. Its file is named by sha256.</source>
        <translation>모델 카드가 없어 성적을 알 수 없습니다. 모델 파일은 sha256으로 구별합니다.</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>성적</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(이름 없음)</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Cracks found</source>
        <translation>균열 검출</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>오경보</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>한계</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>학습 자료</translation>
    </message>
    <message>
        <source>Held-out pictures of</source>
        <translation>시험 사진 출처</translation>
    </message>
    <message>
        <source>With cracks</source>
        <translation>균열 있음</translation>
    </message>
    <message>
        <source>Without cracks</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>부재</translation>
    </message>
    <message>
        <source>snapshots</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>with a crack, by people</source>
        <translation>균열 있음(사람)</translation>
    </message>
    <message>
        <source>findings not rejected</source>
        <translation>유효 검출</translation>
    </message>
    <message>
        <source>longest finding</source>
        <translation>가장 긴 검출</translation>
    </message>
    <message>
        <source>not reviewed</source>
        <translation>미검토</translation>
    </message>
    <message>
        <source>Condition by element</source>
        <translation>부재별 상태</translation>
    </message>
    <message>
        <source>Confirmed and rejected count verdicts on what the model said of a snapshot; with crack are the snapshots that show one by these verdicts. Findings and lengths leave out what was rejected.</source>
        <translation>맞음과 틀림은 사진의 모델 판정을 검토한 수이고, 균열은 검토 결과 균열이 있는 사진의 수입니다. 검출과 길이에는 틀림으로 검토한 것을 넣지 않았습니다.</translation>
    </message>
    <message>
        <source>This report tells of {structure}, inspection {inspection}.</source>
        <translation>이 보고서는 다음 점검을 다룹니다. 구조물: {structure}, 점검: {inspection}.</translation>
    </message>
    <message>
        <source>Its pictures were taken {period}.</source>
        <translation>촬영 기간: {period}.</translation>
    </message>
    <message>
        <source>Not all of it has been reviewed by a person: what the model alone says is no verdict, and the chapter on what was not inspected lists what is open.</source>
        <translation>사람이 모두 검토하지는 않았습니다. 모델 판정만으로는 검토 결과가 아니며, 남은 것은 미점검 항목에 적었습니다.</translation>
    </message>
    <message>
        <source>Every snapshot was reviewed by a person.</source>
        <translation>모든 사진을 사람이 검토했습니다.</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>부재</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>틀림</translation>
    </message>
    <message>
        <source>With crack</source>
        <translation>균열</translation>
    </message>
    <message>
        <source>All elements</source>
        <translation>전체 부재</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>길이</translation>
    </message>
    <message>
        <source>Verdict on the finding</source>
        <translation>검출의 검토 결과</translation>
    </message>
    <message>
        <source>Verdict on the snapshot</source>
        <translation>사진의 검토 결과</translation>
    </message>
    <message>
        <source>Longest findings</source>
        <translation>긴 검출</translation>
    </message>
    <message>
        <source>Who decided</source>
        <translation>검토자</translation>
    </message>
    <message>
        <source>Nobody has decided on anything yet.</source>
        <translation>아직 검토한 사람이 없습니다.</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Verdicts that hold</source>
        <translation>유효한 검토</translation>
    </message>
    <message>
        <source>Appendix: audit trail</source>
        <translation>부록: 처리 기록</translation>
    </message>
    <message>
        <source>All that the library knows to have happened to these snapshots, in order of time (UTC). Events: {count}. Nothing but deleting a snapshot for good takes events away: of one that was brought back since, what happened before is not known. Those in the bin are named by the beginning of their sha256.</source>
        <translation>라이브러리가 아는 이 사진들의 모든 일을 시간순(UTC)으로 적었습니다. 기록: {count}건. 기록은 사진을 영구 삭제할 때만 지워지며, 그 뒤 다시 가져온 사진의 이전 일은 알 수 없습니다. 휴지통에 있는 사진은 sha256의 앞부분으로 적었습니다.</translation>
    </message>
    <message>
        <source>The earliest {count} are not listed here. `crackinspector library export --format json` writes all events of snapshots that are not in the bin.</source>
        <translation>가장 오래된 {count}건은 적지 않았습니다. `crackinspector library export --format json`은 휴지통 밖 사진의 모든 기록을 씁니다.</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>시각 (UTC)</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Imported as {name} from {source}</source>
        <translation>가져옴: {name}, 출처: {source}</translation>
    </message>
    <message>
        <source>Placed at {place}</source>
        <translation>위치: {place}</translation>
    </message>
    <message>
        <source>{model} says: {label}, findings {count}</source>
        <translation>{model} 판정: {label}, 검출 {count}건</translation>
    </message>
    <message>
        <source>Tagged {tag}</source>
        <translation>태그 붙임: {tag}</translation>
    </message>
    <message>
        <source>Tag {tag} taken off</source>
        <translation>태그 뗌: {tag}</translation>
    </message>
    <message>
        <source>Noted: {text}</source>
        <translation>메모: {text}</translation>
    </message>
    <message>
        <source>{finding} corrected by hand</source>
        <translation>{finding}: 손으로 고침</translation>
    </message>
    <message>
        <source>Drawn by hand, findings {count}</source>
        <translation>손으로 그림, 검출 {count}건</translation>
    </message>
    <message>
        <source>Put into the bin</source>
        <translation>휴지통에 넣음</translation>
    </message>
    <message>
        <source>Brought back after it was deleted</source>
        <translation>삭제한 뒤 다시 가져옴</translation>
    </message>
    <message>
        <source>Taken out of the bin</source>
        <translation>휴지통에서 꺼냄</translation>
    </message>
    <message>
        <source>{what}: verdict withdrawn</source>
        <translation>{what}: 검토를 되돌림</translation>
    </message>
    <message>
        <source>A finding of an earlier detection</source>
        <translation>이전 분석의 검출</translation>
    </message>
    <message>
        <source>Finding {name}</source>
        <translation>검출 {name}</translation>
    </message>
    <message>
        <source>{date}  ·  library {library}, {fingerprint}</source>
        <translation>{date}  ·  라이브러리 {library}, {fingerprint}</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>{number} / {count}쪽</translation>
    </message>
    <message>
        <source>Crack</source>
        <translation>균열</translation>
    </message>
    <message>
        <source>No crack</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>Not looked at</source>
        <translation>분석 안 함</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <source>(nobody named)</source>
        <translation>(이름 없음)</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 외 {count}</translation>
    </message>
</context>
<context>
    <name>review</name>
    <message>
        <source>look again later</source>
        <translation>나중에 다시 확인</translation>
    </message>
    <message>
        <source>there is a crack</source>
        <translation>균열 있음</translation>
    </message>
    <message>
        <source>there is no crack</source>
        <translation>균열 없음</translation>
    </message>
    <message>
        <source>it is no surface</source>
        <translation>표면 아님</translation>
    </message>
    <message>
        <source>it is a surface</source>
        <translation>표면임</translation>
    </message>
    <message>
        <source>nothing to judge</source>
        <translation>검토할 것 없음</translation>
    </message>
    <message>
        <source>{verdict}: {meaning}</source>
        <translation>{verdict}: {meaning}</translation>
    </message>
    <message>
        <source>Brought in from {source}</source>
        <translation>가져옴: {source}</translation>
    </message>
    <message>
        <source>Placed at {place}</source>
        <translation>위치: {place}</translation>
    </message>
    <message>
        <source>{model} says: {found}</source>
        <translation>{model} 판정: {found}</translation>
    </message>
    <message>
        <source>Tag put on: {tag}</source>
        <translation>태그 붙임: {tag}</translation>
    </message>
    <message>
        <source>Tag taken off: {tag}</source>
        <translation>태그 뗌: {tag}</translation>
    </message>
    <message>
        <source>Note: {text}</source>
        <translation>메모: {text}</translation>
    </message>
    <message>
        <source>A finding was corrected by hand</source>
        <translation>검출을 손으로 고침</translation>
    </message>
    <message>
        <source>Findings were drawn by hand</source>
        <translation>검출을 손으로 그림</translation>
    </message>
    <message>
        <source>Put into the bin</source>
        <translation>휴지통에 넣음</translation>
    </message>
    <message>
        <source>Taken out of the bin</source>
        <translation>휴지통에서 꺼냄</translation>
    </message>
    <message>
        <source>Deleted for good</source>
        <translation>영구 삭제</translation>
    </message>
    <message>
        <source>{kind}, by a newer version</source>
        <translation>{kind}, 더 새로운 버전의 기록</translation>
    </message>
    <message>
        <source>A verdict was taken back</source>
        <translation>검토를 되돌림</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <source>{verdict}, on a finding</source>
        <translation>{verdict}, 검출 하나</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>Being written</source>
        <translation>저장 중</translation>
    </message>
    <message>
        <source>{state}: {name}, {verdict}</source>
        <translation>{state}: {name}, {verdict}</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>waiting for the first picture</source>
        <translation>첫 영상을 기다립니다</translation>
    </message>
    <message>
        <source>the end was reached</source>
        <translation>끝까지 보았습니다</translation>
    </message>
    <message>
        <source>no picture has come for {seconds} s</source>
        <translation>{seconds}초 동안 영상이 오지 않았습니다</translation>
    </message>
    <message>
        <source>the picture is frozen: the same one has come for {seconds} s</source>
        <translation>영상이 멈추었습니다. {seconds}초 동안 같은 영상이 왔습니다</translation>
    </message>
    <message>
        <source>the picture of {name} is frozen; it is started again</source>
        <translation>{name}의 영상이 멈추었습니다. 다시 시작합니다.</translation>
    </message>
    <message>
        <source>slower than promised: {rate} of {fps} pictures a second</source>
        <translation>예정보다 느립니다. 초당 {fps}장 가운데 {rate}장</translation>
    </message>
    <message>
        <source>{name} has given no picture for {seconds} s; {check}</source>
        <translation>{name}에서 {seconds}초 동안 영상이 오지 않았습니다. {check}.</translation>
    </message>
    <message>
        <source>it failed unexpectedly ({error}); the log has the details</source>
        <translation>예기치 않은 오류가 났습니다({error}). 자세한 내용은 기록 파일에 있습니다.</translation>
    </message>
    <message>
        <source>reading it failed unexpectedly: {error}</source>
        <translation>읽는 중에 예기치 않은 오류가 났습니다: {error}</translation>
    </message>
    <message>
        <source>the camera&apos;s worker failed and starts again ({reason})</source>
        <translation>카메라 처리가 멈추어 다시 시작합니다({reason})</translation>
    </message>
    <message>
        <source>the camera&apos;s worker has failed too often and was stopped ({reason}); try again</source>
        <translation>카메라 처리가 너무 자주 멈추어 중지했습니다({reason}). 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>there is no camera at {device}; plug it in or choose another one</source>
        <translation>{device}에 카메라가 없습니다. 연결하거나 다른 카메라를 고르십시오.</translation>
    </message>
    <message>
        <source>{device} gives no pictures to programs; choose another camera</source>
        <translation>{device}에서는 영상을 받을 수 없습니다. 다른 카메라를 고르십시오.</translation>
    </message>
    <message>
        <source>you are not allowed to use {device}; join the group video (sudo usermod -aG video $USER), then log in anew</source>
        <translation>{device}: 사용 권한이 없습니다. video 그룹에 가입한 뒤(sudo usermod -aG video $USER) 다시 로그인하십시오.</translation>
    </message>
    <message>
        <source>{device} is in use by {program}; close that and try again</source>
        <translation>{device}: 다른 곳에서 사용 중입니다({program}). 그 프로그램을 닫고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>{device} is no camera; choose another one</source>
        <translation>{device}: 카메라가 아닙니다. 다른 카메라를 고르십시오.</translation>
    </message>
    <message>
        <source>{device} does not answer ({reason}); unplug it and plug it in again</source>
        <translation>{device}에서 응답이 없습니다({reason}). 뽑았다가 다시 꽂으십시오.</translation>
    </message>
    <message>
        <source>{device} gives no pictures although it is free; unplug it and plug it in again</source>
        <translation>{device}: 쓰는 프로그램이 없는데도 영상이 오지 않습니다. 뽑았다가 다시 꽂으십시오.</translation>
    </message>
    <message>
        <source>{name} was unplugged; plug it in again</source>
        <translation>{name}: 연결이 빠졌습니다. 다시 꽂으십시오.</translation>
    </message>
    <message>
        <source>{name} has stopped; unplug it and plug it in again</source>
        <translation>{name}: 영상이 끊겼습니다. 뽑았다가 다시 꽂으십시오.</translation>
    </message>
    <message>
        <source>{name} is gone ({reason}); plug it in again</source>
        <translation>{name}: 연결이 빠졌습니다({reason}). 다시 꽂으십시오.</translation>
    </message>
    <message>
        <source>the camera&apos;s library Picamera2 cannot be loaded ({reason}); install the package python3-picamera2</source>
        <translation>카메라 라이브러리 Picamera2를 불러올 수 없습니다({reason}). python3-picamera2 패키지를 설치하십시오.</translation>
    </message>
    <message>
        <source>the camera&apos;s library Picamera2 does not work here ({reason}); install crackinspector with the device&apos;s own NumPy</source>
        <translation>카메라 라이브러리 Picamera2가 동작하지 않습니다({reason}). 기기에 있는 NumPy로 crackinspector를 설치하십시오.</translation>
    </message>
    <message>
        <source>no CSI camera is found; check its ribbon cable, then start the device again</source>
        <translation>CSI 카메라가 없습니다. 리본 케이블을 확인하고 기기를 다시 시작하십시오.</translation>
    </message>
    <message>
        <source>{name} cannot be started: {reason}; close other programs that use it</source>
        <translation>{name}: 시작할 수 없습니다({reason}). 이 카메라를 쓰는 다른 프로그램을 닫으십시오.</translation>
    </message>
    <message>
        <source>{name} has sent no picture for 2 s; check its ribbon cable</source>
        <translation>{name}에서 2초 동안 영상이 오지 않았습니다. 리본 케이블을 확인하십시오.</translation>
    </message>
    <message>
        <source>{name} has failed: {reason}; check its ribbon cable</source>
        <translation>{name}: 오류가 났습니다({reason}). 리본 케이블을 확인하십시오.</translation>
    </message>
    <message>
        <source>{name} does not take its settings: {reason}</source>
        <translation>{name}: 설정을 받아들이지 않습니다({reason})</translation>
    </message>
    <message>
        <source>{name} is closed; open it first</source>
        <translation>{name}: 닫혀 있습니다. 먼저 여십시오.</translation>
    </message>
    <message>
        <source>the process that reads {name} cannot be started: {reason}; close other programs and try again</source>
        <translation>{name}: 읽는 프로세스를 시작할 수 없습니다({reason}). 다른 프로그램을 닫고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>{name} is not needed any more</source>
        <translation>{name}: 이제 쓰지 않습니다</translation>
    </message>
    <message>
        <source>{name} did not answer within {seconds} s; check that it is on and connected</source>
        <translation>{name}에서 {seconds}초 안에 응답이 없었습니다. 켜져 있고 연결되어 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>{name} does not react any more; it is started again</source>
        <translation>{name}: 반응이 없어 다시 시작합니다.</translation>
    </message>
    <message>
        <source>the process that reads {name} has ended {ending}; it is started again</source>
        <translation>{name}: 읽는 프로세스가 끝나({ending}) 다시 시작합니다.</translation>
    </message>
    <message>
        <source>{name} sends no more pictures; check that it is on and connected</source>
        <translation>{name}에서 영상이 더 오지 않습니다. 켜져 있고 연결되어 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>{name} holds no picture that can be read; convert it to MP4 with H.264</source>
        <translation>{name}: 읽을 수 있는 영상이 없습니다. H.264 MP4로 변환하십시오.</translation>
    </message>
    <message>
        <source>no video comes from {name}; check the address, the network and that the camera is on</source>
        <translation>{name}에서 동영상이 오지 않습니다. 주소와 네트워크, 카메라 전원을 확인하십시오.</translation>
    </message>
    <message>
        <source>{name} is not a video that can be read; convert it to MP4 with H.264</source>
        <translation>{name}: 읽을 수 없는 동영상입니다. H.264 MP4로 변환하십시오.</translation>
    </message>
    <message>
        <source>{name} cannot be looked at: {reason}; check its permissions</source>
        <translation>{name}: 열어 볼 수 없습니다({reason}). 권한을 확인하십시오.</translation>
    </message>
    <message>
        <source>there is no source {name}: give auto, demo, picamera2, /dev/video0, a picture, a video, a folder, or an address such as rtsp://...</source>
        <translation>영상원을 찾을 수 없습니다: {name}. auto, demo, picamera2, /dev/video0, 사진, 동영상, 폴더, rtsp://... 같은 주소 가운데 하나를 주십시오.</translation>
    </message>
    <message>
        <source>no camera has been chosen yet; open the source first</source>
        <translation>아직 카메라를 고르지 않았습니다. 먼저 영상원을 여십시오.</translation>
    </message>
    <message>
        <source>the demo wall is missing from this installation: {reason}</source>
        <translation>설치된 프로그램에 시연용 벽면이 없습니다: {reason}</translation>
    </message>
    <message>
        <source>the demo wall is closed; open it first</source>
        <translation>시연용 벽면이 닫혀 있습니다. 먼저 여십시오.</translation>
    </message>
    <message>
        <source>{name} holds no pictures; give it at least one</source>
        <translation>{name}: 영상이 없습니다. 하나 이상 주십시오.</translation>
    </message>
    <message>
        <source>there is no picture in {path}; choose a folder with .jpg, .png, .tif, .webp or .bmp</source>
        <translation>{path}에 사진이 없습니다. .jpg, .png, .tif, .webp, .bmp가 있는 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>none of the pictures in {path} can be read; the log says why</source>
        <translation>{path}에 읽을 수 있는 사진이 없습니다. 까닭은 기록 파일에 있습니다.</translation>
    </message>
    <message>
        <source>cannot show {path}: it is too narrow for its length; cut it into parts</source>
        <translation>{path}: 너무 길고 좁아 보일 수 없습니다. 여러 장으로 나누십시오.</translation>
    </message>
    <message>
        <source>cannot read {path}: {reason}</source>
        <translation>{path}: 읽을 수 없습니다. {reason}</translation>
    </message>
    <message>
        <source>pixels of the kind {mode} cannot be read: save it as an 8-bit colour picture</source>
        <translation>{mode} 형식의 화소는 읽을 수 없습니다. 8비트 컬러 사진으로 저장하십시오.</translation>
    </message>
    <message>
        <source>the {kind} file is compressed in a way that cannot be read here: save it with LZW or Deflate ({details})</source>
        <translation>{kind} 파일의 압축 방식을 읽을 수 없습니다. LZW나 Deflate로 저장하십시오({details}).</translation>
    </message>
    <message>
        <source>the {kind} file is damaged: copy it again from where it came ({details})</source>
        <translation>{kind} 파일이 손상되었습니다. 원본에서 다시 복사하십시오({details}).</translation>
    </message>
    <message>
        <source>the {kind} file is cut short: copy it again from where it came</source>
        <translation>{kind} 파일이 중간에서 끊겼습니다. 원본에서 다시 복사하십시오.</translation>
    </message>
    <message>
        <source>the {kind} header is damaged or cut short ({details})</source>
        <translation>{kind} 머리글이 손상되었거나 끊겼습니다({details}).</translation>
    </message>
    <message>
        <source>the {kind} header is damaged: it gives a size of {width} x {height} pixels</source>
        <translation>{kind} 머리글이 손상되었습니다. 크기가 {width} x {height} 화소로 적혀 있습니다.</translation>
    </message>
    <message>
        <source>this is {format}; JPEG, PNG, TIFF, WebP and BMP can be read: convert it first</source>
        <translation>지원하지 않는 형식입니다({format}). JPEG, PNG, TIFF, WebP, BMP로 먼저 변환하십시오.</translation>
    </message>
    <message>
        <source>not a picture that can be read (JPEG, PNG, TIFF, WebP or BMP)</source>
        <translation>읽을 수 있는 사진(JPEG, PNG, TIFF, WebP, BMP)이 아닙니다.</translation>
    </message>
    <message>
        <source>it is a big-endian BigTIFF, which cannot be read: save it with the low byte first</source>
        <translation>빅엔디언 BigTIFF는 읽을 수 없습니다. 리틀엔디언으로 저장하십시오.</translation>
    </message>
    <message>
        <source>the TIFF header is damaged or cut short: it has no tag {tag}</source>
        <translation>TIFF 머리글이 손상되었거나 끊겼습니다. 태그 {tag} 없음</translation>
    </message>
    <message>
        <source>the TIFF header is damaged or cut short ({details})</source>
        <translation>TIFF 머리글이 손상되었거나 끊겼습니다({details}).</translation>
    </message>
    <message>
        <source>its samples are {bits}-bit {sample}numbers, and unsigned whole numbers of 1, 2, 4, 8 or 16 bits can be read: convert it to 8 or 16 bits a sample</source>
        <translation>{bits}비트 {sample}값은 읽을 수 없습니다(1, 2, 4, 8, 16비트 부호 없는 정수만 가능). 8비트나 16비트로 변환하십시오.</translation>
    </message>
    <message>
        <source>there is not enough memory to decode it</source>
        <translation>사진을 풀 메모리가 모자랍니다.</translation>
    </message>
    <message>
        <source>the file contradicts itself about its size</source>
        <translation>파일 안의 크기 정보가 서로 다릅니다.</translation>
    </message>
    <message>
        <source>this is a device or a pipe, not a picture file</source>
        <translation>사진 파일이 아니라 장치나 파이프입니다.</translation>
    </message>
    <message>
        <source>the file is empty (0 bytes): copy it again from where it came</source>
        <translation>빈 파일입니다(0바이트). 원본에서 다시 복사하십시오.</translation>
    </message>
    <message>
        <source>the header gives {width} x {height} pixels, more than is read (at most {most} pixels and {side} a side): cut it into parts, if that size is true</source>
        <translation>머리글에 {width} x {height} 화소로 적혀 있어 한도(최대 {most} 화소, 한 변 {side})를 넘습니다. 실제 크기라면 여러 장으로 나누십시오.</translation>
    </message>
    <message>
        <source>the header gives {width} x {height} pixels, more than is read of {kind}, which needs all of them in memory at once (at most {most} million here): save it as baseline JPEG or as TIFF</source>
        <translation>머리글에 {width} x {height} 화소로 적혀 있습니다. {kind} 파일은 전체를 한꺼번에 메모리에 올려야 하므로 {most}백만 화소까지만 읽습니다. 기본(baseline) JPEG나 TIFF로 저장하십시오.</translation>
    </message>
    <message>
        <source>you are not allowed to list this folder: check its permissions</source>
        <translation>폴더를 볼 권한이 없습니다. 권한을 확인하십시오.</translation>
    </message>
    <message>
        <source>this is a folder, not a picture</source>
        <translation>사진이 아니라 폴더입니다.</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>그런 파일이 없습니다.</translation>
    </message>
    <message>
        <source>you are not allowed to read it: check the permissions of the file and its folder</source>
        <translation>읽을 권한이 없습니다. 파일과 폴더의 권한을 확인하십시오.</translation>
    </message>
    <message>
        <source>the file changed while it was read, or contradicts itself about its size</source>
        <translation>읽는 동안 파일이 바뀌었거나 파일 안의 크기 정보가 서로 다릅니다.</translation>
    </message>
    <message>
        <source>samples of type {kind} cannot be read: save it with 8 or 16 bits a sample</source>
        <translation>{kind} 형식의 값은 읽을 수 없습니다. 8비트나 16비트로 저장하십시오.</translation>
    </message>
    <message>
        <source>this kind of picture needs libvips, which could not be loaded: install it with `pip install &apos;pyvips[binary]&apos;` ({reason})</source>
        <translation>이런 사진에는 libvips가 필요한데 불러올 수 없습니다. `pip install &apos;pyvips[binary]&apos;`로 설치하십시오({reason}).</translation>
    </message>
    <message>
        <source>The model card {path} cannot be read: {reason}.</source>
        <translation>모델 카드를 읽을 수 없습니다: {path} ({reason})</translation>
    </message>
    <message>
        <source>The model card {path} is not valid JSON: {reason}.</source>
        <translation>모델 카드가 올바른 JSON이 아닙니다: {path} ({reason})</translation>
    </message>
    <message>
        <source>The model card {path} must hold a JSON object, not {kind}.</source>
        <translation>모델 카드에는 JSON 객체가 있어야 합니다: {path} (지금은 {kind})</translation>
    </message>
    <message>
        <source>The model card {path} has format {version}; this version of crackinspector reads format {format}. Update crackinspector, or use a model made for it.</source>
        <translation>모델 카드 {path}의 형식은 {version}인데 이 crackinspector는 형식 {format}만 읽습니다. crackinspector를 업데이트하거나 맞는 모델을 쓰십시오.</translation>
    </message>
    <message>
        <source>The model card {path} cannot be used: &quot;{key}&quot; {demand}.</source>
        <translation>모델 카드를 쓸 수 없습니다: {path}. &quot;{key}&quot;: {demand}.</translation>
    </message>
    <message>
        <source>{path} could not be tried: the trial ended without an answer. Try again.</source>
        <translation>{path}: 시험이 답 없이 끝났습니다. 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>{path} is not the model that its card {card} describes: the sha256 is {sha256}…, the card says {expected}…. Restore the pair, or remove the card to use the model without it.</source>
        <translation>{path}: 모델 카드 {card}에 적힌 모델이 아닙니다. sha256은 {sha256}…인데 카드에는 {expected}…입니다. 짝이 맞는 파일을 되돌리거나, 카드 없이 쓰려면 카드를 지우십시오.</translation>
    </message>
    <message>
        <source>{path} gives values that are not numbers: it is damaged or was exported wrongly.</source>
        <translation>{path}: 숫자가 아닌 값이 나옵니다. 손상되었거나 잘못 내보낸 모델입니다.</translation>
    </message>
    <message>
        <source>{path} is a folder, not a model. Give a .tflite file in it.</source>
        <translation>{path}: 모델이 아니라 폴더입니다. 그 안의 .tflite 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>There is no model file {path}.</source>
        <translation>모델 파일이 없습니다: {path}</translation>
    </message>
    <message>
        <source>The model file {path} cannot be read: {reason}.</source>
        <translation>모델 파일을 읽을 수 없습니다: {path} ({reason})</translation>
    </message>
    <message>
        <source>{path} is not a TensorFlow Lite model: it is larger than 2 GB.</source>
        <translation>{path}: 2 GB보다 커서 TensorFlow Lite 모델이 아닙니다.</translation>
    </message>
    <message>
        <source>{path} is damaged: {damage}. Copy or export it again.</source>
        <translation>{path}: 손상되었습니다. {damage}. 다시 복사하거나 내보내십시오.</translation>
    </message>
    <message>
        <source>{path} is empty. Copy or export the model again.</source>
        <translation>{path}: 빈 파일입니다. 모델을 다시 복사하거나 내보내십시오.</translation>
    </message>
    <message>
        <source>{path} is {foreign}. {advice}</source>
        <translation>{path}: {foreign}입니다. {advice}</translation>
    </message>
    <message>
        <source>{path} is a web page, perhaps a download that failed. Download the model file itself.</source>
        <translation>{path}: 웹 페이지입니다. 내려받기에 실패한 것 같습니다. 모델 파일을 내려받으십시오.</translation>
    </message>
    <message>
        <source>{path} is a Keras model. {advice}</source>
        <translation>{path}: Keras 모델입니다. {advice}</translation>
    </message>
    <message>
        <source>{path} is a zip archive. Unpack it and give the .tflite file in it.</source>
        <translation>{path}: zip 압축 파일입니다. 압축을 풀고 그 안의 .tflite 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>{path} is not a TensorFlow Lite model: its identifier TFL3 is missing. Give a .tflite file.</source>
        <translation>{path}: 식별자 TFL3이 없어 TensorFlow Lite 모델이 아닙니다. .tflite 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>{path} cannot be used: it has {count} inputs; a model for pictures has one.</source>
        <translation>{path}: 쓸 수 없습니다. 입력이 {count}개인데 영상 모델의 입력은 하나입니다.</translation>
    </message>
    <message>
        <source>{path} does not fit its card: the card says an input of {width} x {height} pixels, the model has {input}.</source>
        <translation>{path}: 모델 카드와 맞지 않습니다. 카드의 입력은 {width} x {height} 화소인데 모델의 입력은 {input}입니다.</translation>
    </message>
    <message>
        <source>{path} takes pictures of any size; a card beside it must say at which size it works best.</source>
        <translation>{path}: 모든 크기의 영상을 받는 모델입니다. 가장 잘 맞는 크기를 모델 카드에 적어 옆에 두십시오.</translation>
    </message>
    <message>
        <source>{path} cannot be used: it has no output that holds one value for each label, and no map; it has {outputs}. Give it a card if its labels are not negative, positive and unknown.</source>
        <translation>{path}: 쓸 수 없습니다. 판정마다 값을 주는 출력도, 지도 출력도 없습니다(있는 출력: {outputs}). 판정 이름이 negative, positive, unknown이 아니면 모델 카드를 만드십시오.</translation>
    </message>
    <message>
        <source>{path} cannot be used: several outputs could be the scores: {outputs}.</source>
        <translation>{path}: 쓸 수 없습니다. 점수로 볼 수 있는 출력이 여럿입니다: {outputs}</translation>
    </message>
    <message>
        <source>{path} does not fit its card: no output holds {count} values, one for each label; it has {outputs}.</source>
        <translation>{path}: 모델 카드와 맞지 않습니다. 판정마다 하나씩 값 {count}개를 주는 출력이 없습니다(있는 출력: {outputs}).</translation>
    </message>
    <message>
        <source>{path} cannot be used: several outputs could be the map: {outputs}.</source>
        <translation>{path}: 쓸 수 없습니다. 지도로 볼 수 있는 출력이 여럿입니다: {outputs}</translation>
    </message>
    <message>
        <source>{path} does not fit its card: no output is the map that it tells of; it has {outputs}.</source>
        <translation>{path}: 모델 카드와 맞지 않습니다. 카드에 적힌 지도 출력이 없습니다(있는 출력: {outputs}).</translation>
    </message>
    <message>
        <source>{path} failed while running on {runtime}: {reason}</source>
        <translation>{path}: {runtime}에서 실행하는 중에 오류가 났습니다: {reason}</translation>
    </message>
    <message>
        <source>No TensorFlow Lite runtime works on this machine: {reasons}. Install one with: pip install ai-edge-litert</source>
        <translation>이 기기에서 동작하는 TensorFlow Lite 실행기가 없습니다: {reasons}. 다음 명령으로 설치하십시오: pip install ai-edge-litert</translation>
    </message>
    <message>
        <source>{path} cannot be used: it needs {operator}. Export the model with TensorFlow Lite&apos;s own operators only.</source>
        <translation>{path}: 쓸 수 없습니다. {operator} 연산이 필요합니다. TensorFlow Lite의 기본 연산만 써서 모델을 내보내십시오.</translation>
    </message>
    <message>
        <source>{path} is damaged: its structure is broken. Copy or export it again.</source>
        <translation>{path}: 파일 구조가 깨졌습니다. 다시 복사하거나 내보내십시오.</translation>
    </message>
    <message>
        <source>{path} is damaged or of a kind that {runtime} cannot run ({details}). Export it again, or use another one.</source>
        <translation>{path}: 손상되었거나 {runtime}에서 실행할 수 없는 모델입니다({details}). 다시 내보내거나 다른 모델을 쓰십시오.</translation>
    </message>
    <message>
        <source>{path} cannot be used: a tensor is {tensor}; float32, float16, int8 and uint8 are supported.</source>
        <translation>{path}: 쓸 수 없습니다. 텐서가 {tensor}인데 float32, float16, int8, uint8만 지원합니다.</translation>
    </message>
    <message>
        <source>{path} cannot be used: the tensor {tensor} has a scale for each channel.</source>
        <translation>{path}: 쓸 수 없습니다. 텐서 {tensor}의 배율이 채널마다 다릅니다.</translation>
    </message>
    <message>
        <source>{path} cannot be used: its input is {tensor}, not a picture [1, height, width, 3] or [1, height, width, 1].</source>
        <translation>{path}: 쓸 수 없습니다. 입력이 영상 [1, height, width, 3] 또는 [1, height, width, 1]이 아니라 {tensor}입니다.</translation>
    </message>
    <message>
        <source>{path} did not finish a first run within {seconds} seconds: it is damaged or too large.</source>
        <translation>{path}: 첫 실행이 {seconds}초 안에 끝나지 않았습니다. 손상되었거나 너무 큽니다.</translation>
    </message>
    <message>
        <source>{path} could not be tried: {reason}.</source>
        <translation>{path}: 시험할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path} could not be tried: its process was killed, perhaps for want of memory.</source>
        <translation>{path}: 시험 프로세스가 강제로 끝났습니다. 메모리가 모자란 것 같습니다.</translation>
    </message>
    <message>
        <source>{path} is damaged: the runtime crashed on it ({crash}). Copy or export it again.</source>
        <translation>{path}: 손상되어 실행기가 비정상 종료했습니다({crash}). 다시 복사하거나 내보내십시오.</translation>
    </message>
    <message>
        <source>{path} cannot be run: {reason}. Copy or export it again.</source>
        <translation>{path}: 실행할 수 없습니다({reason}). 다시 복사하거나 내보내십시오.</translation>
    </message>
    <message>
        <source>the model {model} is missing from this installation ({path}); install crackinspector again</source>
        <translation>설치된 프로그램에 {model} 모델이 없습니다({path}). crackinspector를 다시 설치하십시오.</translation>
    </message>
    <message>
        <source>no {model} model is shipped yet; choose one of {names}, or a .tflite file</source>
        <translation>{model} 모델은 아직 들어 있지 않습니다. {names} 가운데 하나나 .tflite 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>{model} is a folder; --model takes a .tflite file or one of {names}</source>
        <translation>{model}: 폴더입니다. .tflite 파일이나 {names} 가운데 하나를 고르십시오.</translation>
    </message>
    <message>
        <source>there is no model {model}: neither a file of that path nor a shipped model ({names})</source>
        <translation>모델이 없습니다: {model}. 그런 파일도, 들어 있는 모델({names})도 아닙니다.</translation>
    </message>
    <message>
        <source>{sentence}; {name} stays in use.</source>
        <translation>{sentence}. {name} 모델을 계속 씁니다.</translation>
    </message>
    <message>
        <source>A frame could not be looked at, the model was loaded again: {reason}</source>
        <translation>영상 하나를 분석하지 못해 모델을 다시 불러왔습니다: {reason}</translation>
    </message>
    <message>
        <source>Detection was stopped after too many failures; choose the model again or another one: {reason}</source>
        <translation>오류가 너무 많아 검출을 중지했습니다. 모델을 다시 고르거나 다른 모델을 고르십시오: {reason}</translation>
    </message>
    <message>
        <source>{name} failed unexpectedly ({error}); the log has the details.</source>
        <translation>{name}: 예기치 않은 오류가 났습니다({error}). 자세한 내용은 기록 파일에 있습니다.</translation>
    </message>
    <message>
        <source>The model {path} cannot be read: {reason}. Remove it, or copy it again.</source>
        <translation>{path}: 모델을 읽을 수 없습니다({reason}). 지우거나 다시 복사하십시오.</translation>
    </message>
    <message>
        <source>{path} is not the model that its card describes. Restore the pair, or remove the card.</source>
        <translation>{path}: 모델 카드에 적힌 모델이 아닙니다. 짝이 맞는 파일을 되돌리거나 카드를 지우십시오.</translation>
    </message>
    <message>
        <source>{path} did not finish its trial in {seconds} seconds: it is too large.</source>
        <translation>{path}: 시험이 {seconds}초 안에 끝나지 않았습니다. 모델이 너무 큽니다.</translation>
    </message>
    <message>
        <source>{count} thread</source>
        <translation>스레드 {count}개</translation>
    </message>
    <message>
        <source>{count} threads</source>
        <translation>스레드 {count}개</translation>
    </message>
    <message>
        <source>{path} {change}; what was loaded stays in use, {care}.</source>
        <translation>{path}: {change}. 불러온 모델을 계속 씁니다. {care}.</translation>
    </message>
    <message>
        <source>cannot write {path}: {reason}; {remedy}</source>
        <translation>{path}: 쓸 수 없습니다({reason}). {remedy}.</translation>
    </message>
    <message>
        <source>this user has no home folder to keep snapshots in; choose a folder in the settings</source>
        <translation>스냅숏을 저장할 홈 폴더가 없습니다. 설정에서 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>the record {path} cannot be read: {reason}; look for it elsewhere</source>
        <translation>기록 {path}: 읽을 수 없습니다({reason}). 다른 곳에서 찾아보십시오.</translation>
    </message>
    <message>
        <source>{path} was written by a newer crackinspector; update this one to read it</source>
        <translation>{path}: 더 새로운 crackinspector로 만든 파일입니다. 이 프로그램을 업데이트하십시오.</translation>
    </message>
    <message>
        <source>{path} is not a snapshot&apos;s record, or is damaged; restore it from a copy</source>
        <translation>{path}: 스냅숏 기록이 아니거나 손상되었습니다. 사본으로 되돌리십시오.</translation>
    </message>
    <message>
        <source>the snapshot was not kept ({error}); the log has the details</source>
        <translation>스냅숏을 저장하지 못했습니다({error}). 자세한 내용은 기록 파일에 있습니다.</translation>
    </message>
    <message>
        <source>the snapshot was not kept, for the program was ending; wait for the word next time</source>
        <translation>프로그램이 끝나는 중이라 스냅숏을 저장하지 못했습니다. 다음에는 저장되었다는 알림을 기다리십시오.</translation>
    </message>
    <message>
        <source>recording has stopped, for less than {mb} MB are left in {folder}; free some space or choose another folder</source>
        <translation>{folder}에 남은 공간이 {mb} MB보다 적어 녹화를 멈추었습니다. 공간을 비우거나 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>nothing was recorded, for no picture came; start again when there is one</source>
        <translation>영상이 오지 않아 녹화하지 못했습니다. 영상이 나오면 다시 시작하십시오.</translation>
    </message>
    <message>
        <source>{sentence}; what was recorded before is kept</source>
        <translation>{sentence}. 그때까지 녹화한 부분은 저장했습니다.</translation>
    </message>
    <message>
        <source>recording has stopped ({error}); the log has the details</source>
        <translation>녹화가 멈추었습니다({error}). 자세한 내용은 기록 파일에 있습니다.</translation>
    </message>
    <message>
        <source>this user has no home folder to keep settings in; set XDG_CONFIG_HOME</source>
        <translation>설정을 저장할 홈 폴더가 없습니다. XDG_CONFIG_HOME을 지정하십시오.</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}</source>
        <translation>{path}: 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{sentence}; the defaults are used</source>
        <translation>{sentence}. 기본값을 씁니다.</translation>
    </message>
    <message>
        <source>{section} is not a table</source>
        <translation>{section} 항목이 표가 아닙니다</translation>
    </message>
    <message>
        <source>{path} has a section {section}, which is unknown; it is ignored</source>
        <translation>{path}: 모르는 부분이라 무시했습니다: {section}</translation>
    </message>
    <message>
        <source>{path} has a setting {key}, which is unknown; it is ignored</source>
        <translation>{path}: 모르는 설정이라 무시했습니다: {key}</translation>
    </message>
    <message>
        <source>in {path}, {key} = {value} is ignored: it {demand}</source>
        <translation>{path}: {key} = {value} 설정을 무시했습니다. {demand}.</translation>
    </message>
    <message>
        <source>in {path}, the settings of the camera {camera} are ignored: {fault}</source>
        <translation>{path}: 카메라 {camera}의 설정을 무시했습니다. {fault}.</translation>
    </message>
    <message>
        <source>there is no setting {key}</source>
        <translation>그런 설정이 없습니다: {key}</translation>
    </message>
    <message>
        <source>the setting {key} {demand}, got {value}</source>
        <translation>설정 {key}: {demand}. 받은 값: {value}</translation>
    </message>
    <message>
        <source>Something went wrong{where} ({error}); the log has the details.</source>
        <translation>오류가 났습니다{where}({error}). 자세한 내용은 기록 파일에 있습니다.</translation>
    </message>
    <message>
        <source>The program crashed when it ran last; what is known about it is in {path}.</source>
        <translation>지난번에 프로그램이 비정상 종료했습니다. 알려진 내용은 다음 파일에 있습니다: {path}</translation>
    </message>
    <message>
        <source>{path} is damaged ({details}); {outcome}, the defaults are used</source>
        <translation>{path}: 손상되었습니다({details}). {outcome} 기본값을 씁니다.</translation>
    </message>
    <message>
        <source>[Errno {number}] {reason}: {path}</source>
        <translation>{reason}: {path} (Errno {number})</translation>
    </message>
    <message>
        <source>[Errno {number}] {reason}</source>
        <translation>{reason} (Errno {number})</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>저장 공간이 없습니다</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>사용자 저장 한도를 넘었습니다</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>파일이 너무 큽니다</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>읽기 전용 파일 시스템입니다</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>권한이 없습니다</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>허용되지 않는 작업입니다</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>그런 파일이나 폴더가 없습니다</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>파일이 이미 있습니다</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>폴더가 아닙니다</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>폴더입니다</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>파일 이름이 너무 깁니다</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>열린 파일이 너무 많습니다</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>심볼릭 링크가 너무 많이 이어집니다</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>입출력 오류입니다</translation>
    </message>
    <message>
        <source>No such device</source>
        <translation>그런 장치가 없습니다</translation>
    </message>
    <message>
        <source>No such device or address</source>
        <translation>그런 장치나 주소가 없습니다</translation>
    </message>
    <message>
        <source>Device or resource busy</source>
        <translation>장치가 사용 중입니다</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>연결 시간이 넘었습니다</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>연결이 거부되었습니다</translation>
    </message>
    <message>
        <source>Transport endpoint is not connected</source>
        <translation>연결이 끊겼습니다</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>네트워크 드라이브의 파일이 없어졌습니다</translation>
    </message>
    <message>
        <source>Host is down</source>
        <translation>호스트가 꺼져 있습니다</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>호스트에 닿을 수 없습니다</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>네트워크에 연결할 수 없습니다</translation>
    </message>
    <message>
        <source>Protocol error</source>
        <translation>통신 규약 오류입니다</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>연결이 끊겼습니다</translation>
    </message>
    <message>
        <source>Cannot allocate memory</source>
        <translation>메모리가 모자랍니다</translation>
    </message>
    <message>
        <source>Invalid argument</source>
        <translation>인수가 올바르지 않습니다</translation>
    </message>
    <message>
        <source>Structure needs cleaning</source>
        <translation>파일 시스템이 손상되었습니다</translation>
    </message>
    <message>
        <source>there is a file where a folder is needed</source>
        <translation>폴더가 있어야 할 자리에 파일이 있습니다</translation>
    </message>
    <message>
        <source>in {path}, the shortcut of {action} is ignored: it takes a text</source>
        <translation>{path}: {action}의 단축키를 무시했습니다. 글을 쓰십시오.</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>다른 프로그램</translation>
    </message>
    <message>
        <source>{program} (process {number})</source>
        <translation>{program}, 프로세스 {number}</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>the CSI camera</source>
        <translation>CSI 카메라</translation>
    </message>
    <message>
        <source>CSI camera</source>
        <translation>CSI 카메라</translation>
    </message>
    <message>
        <source>CSI camera {model}</source>
        <translation>CSI 카메라 {model}</translation>
    </message>
    <message>
        <source>Demo wall</source>
        <translation>시연용 벽면</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>no details</source>
        <translation>자세한 정보 없음</translation>
    </message>
    <message>
        <source>no output</source>
        <translation>출력 없음</translation>
    </message>
    <message>
        <source>{package} lacks the module {module}</source>
        <translation>{package}에 {module} 모듈이 없습니다</translation>
    </message>
    <message>
        <source>{package} is not installed</source>
        <translation>{package}: 설치되어 있지 않습니다</translation>
    </message>
    <message>
        <source>{package} does not work here ({error})</source>
        <translation>{package}: 동작하지 않습니다({error})</translation>
    </message>
    <message>
        <source>it computes 21 + 21 = {answer}</source>
        <translation>21 + 21을 {answer}로 계산합니다</translation>
    </message>
    <message>
        <source>exit status {number}</source>
        <translation>종료 코드 {number}</translation>
    </message>
    <message>
        <source>a GIF</source>
        <translation>GIF</translation>
    </message>
    <message>
        <source>a PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>a Photoshop file</source>
        <translation>Photoshop 파일</translation>
    </message>
    <message>
        <source>an icon</source>
        <translation>아이콘</translation>
    </message>
    <message>
        <source>a JPEG 2000</source>
        <translation>JPEG 2000</translation>
    </message>
    <message>
        <source>a JPEG XL</source>
        <translation>JPEG XL</translation>
    </message>
    <message>
        <source>a ZIP archive</source>
        <translation>ZIP 압축 파일</translation>
    </message>
    <message>
        <source>a Git LFS pointer, not the picture itself</source>
        <translation>사진이 아닌 Git LFS 포인터</translation>
    </message>
    <message>
        <source>a HEIC picture or a video</source>
        <translation>HEIC 사진이나 동영상</translation>
    </message>
    <message>
        <source>an AVIF</source>
        <translation>AVIF</translation>
    </message>
    <message>
        <source>interlaced PNG</source>
        <translation>인터레이스 PNG</translation>
    </message>
    <message>
        <source>progressive JPEG</source>
        <translation>프로그레시브 JPEG</translation>
    </message>
    <message>
        <source>run-length coded BMP</source>
        <translation>런렝스 압축 BMP</translation>
    </message>
    <message>
        <source>check its plug and cable</source>
        <translation>플러그와 케이블을 확인하십시오</translation>
    </message>
    <message>
        <source>check the disk or network that it is on</source>
        <translation>파일이 있는 디스크나 네트워크를 확인하십시오</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>스스로 끝남</translation>
    </message>
    <message>
        <source>by the signal {signal}</source>
        <translation>신호 {signal}</translation>
    </message>
    <message>
        <source>ended with exit code {number}</source>
        <translation>종료 코드 {number}</translation>
    </message>
    <message>
        <source>ended by {signal}{hint}</source>
        <translation>신호 {signal}{hint}</translation>
    </message>
    <message>
        <source>choose another place</source>
        <translation>다른 위치를 고르십시오</translation>
    </message>
    <message>
        <source>free some space or choose another place</source>
        <translation>공간을 비우거나 다른 위치를 고르십시오</translation>
    </message>
    <message>
        <source>check the permissions or choose another place</source>
        <translation>권한을 확인하거나 다른 위치를 고르십시오</translation>
    </message>
    <message>
        <source>free some space</source>
        <translation>공간을 비우십시오</translation>
    </message>
    <message>
        <source>check the disk and the permissions</source>
        <translation>디스크와 권한을 확인하십시오</translation>
    </message>
    <message>
        <source>was deleted</source>
        <translation>삭제했습니다</translation>
    </message>
    <message>
        <source>was deleted on {date}{by}{why}</source>
        <translation>{date}에 삭제했습니다{by}{why}</translation>
    </message>
    <message>
        <source> by {who}</source>
        <translation> – {who}</translation>
    </message>
    <message>
        <source> (the machine may be out of memory)</source>
        <translation>, 메모리가 모자란 것 같습니다</translation>
    </message>
    <message>
        <source>takes true or false</source>
        <translation>true나 false를 쓰십시오</translation>
    </message>
    <message>
        <source>takes a {sort}</source>
        <translation>{sort}를 쓰십시오</translation>
    </message>
    <message>
        <source>takes {least} to {most}</source>
        <translation>{least}부터 {most}까지 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>takes a text</source>
        <translation>글을 쓰십시오</translation>
    </message>
    <message>
        <source>takes one of {choices}</source>
        <translation>다음 가운데 하나를 쓰십시오: {choices}</translation>
    </message>
    <message>
        <source>must be one of the labels {labels}</source>
        <translation>판정 이름 가운데 하나여야 합니다: {labels}</translation>
    </message>
    <message>
        <source>names neither scores nor a map</source>
        <translation>점수도 지도도 없습니다</translation>
    </message>
    <message>
        <source>must be a list of at least two texts</source>
        <translation>글이 둘 이상인 목록이어야 합니다</translation>
    </message>
    <message>
        <source>holds the same label twice</source>
        <translation>같은 판정 이름이 두 번 있습니다</translation>
    </message>
    <message>
        <source>must be two numbers: what the pixel values 0 and 255 become</source>
        <translation>화소값 0과 255가 바뀔 숫자 둘이어야 합니다</translation>
    </message>
    <message>
        <source>holds the same number twice</source>
        <translation>같은 숫자가 두 번 있습니다</translation>
    </message>
    <message>
        <source>must be a list of objects</source>
        <translation>객체의 목록이어야 합니다</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>빠져 있습니다</translation>
    </message>
    <message>
        <source>must be a text</source>
        <translation>글이어야 합니다</translation>
    </message>
    <message>
        <source>must be a whole number, {least} or more</source>
        <translation>{least} 이상의 정수여야 합니다</translation>
    </message>
    <message>
        <source>must be a number</source>
        <translation>숫자여야 합니다</translation>
    </message>
    <message>
        <source>must be one of {choices}</source>
        <translation>다음 가운데 하나여야 합니다: {choices}</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>객체여야 합니다</translation>
    </message>
    <message>
        <source>they take a table</source>
        <translation>표여야 합니다</translation>
    </message>
    <message>
        <source>{names} is unknown</source>
        <translation>모르는 항목입니다: {names}</translation>
    </message>
    <message>
        <source>rotation takes 0, 90, 180 or 270</source>
        <translation>rotation에는 0, 90, 180, 270만 쓸 수 있습니다</translation>
    </message>
    <message>
        <source>mirror takes true or false</source>
        <translation>mirror에는 true나 false를 쓰십시오</translation>
    </message>
    <message>
        <source>controls takes numbers</source>
        <translation>controls에는 숫자를 쓰십시오</translation>
    </message>
    <message>
        <source>a Git LFS pointer, not the file itself</source>
        <translation>파일이 아닌 Git LFS 포인터</translation>
    </message>
    <message>
        <source>a Keras model in HDF5 format</source>
        <translation>HDF5 형식의 Keras 모델</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>gzip 압축 파일</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>an ONNX model</source>
        <translation>ONNX 모델</translation>
    </message>
    <message>
        <source>a PyTorch model</source>
        <translation>PyTorch 모델</translation>
    </message>
    <message>
        <source>a TensorFlow graph</source>
        <translation>TensorFlow 그래프</translation>
    </message>
    <message>
        <source>Convert it with `crackinspector train export`, or choose the .tflite file that was made from it.</source>
        <translation>`crackinspector train export`로 변환하거나, 변환해 둔 .tflite 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>Fetch the file with: git lfs pull</source>
        <translation>다음 명령으로 파일을 받으십시오: git lfs pull</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>먼저 압축을 푸십시오.</translation>
    </message>
    <message>
        <source>Give a .tflite file as the model.</source>
        <translation>.tflite 모델 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>Convert it to TensorFlow Lite first.</source>
        <translation>먼저 TensorFlow Lite로 변환하십시오.</translation>
    </message>
    <message>
        <source>its schema version is {version}, not {expected}</source>
        <translation>스키마 버전이 {expected} 대신 {version}입니다</translation>
    </message>
    <message>
        <source>it holds no network</source>
        <translation>신경망이 들어 있지 않습니다</translation>
    </message>
    <message>
        <source>it is cut short, or parts of it were overwritten</source>
        <translation>중간에서 끊겼거나 일부가 덮어쓰였습니다</translation>
    </message>
    <message>
        <source>the TensorFlow operator {name}, which needs full TensorFlow</source>
        <translation>TensorFlow 전체가 있어야 하는 {name}</translation>
    </message>
    <message>
        <source>the operator {name}, which {runtime} does not have</source>
        <translation>{runtime}에 없는 {name}</translation>
    </message>
    <message>
        <source> in {thread}</source>
        <translation> – {thread} </translation>
    </message>
    <message>
        <source> inside</source>
        <translation> – 프로그램 내부 </translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>정수</translation>
    </message>
    <message>
        <source>number</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>is gone</source>
        <translation>파일이 없어졌습니다</translation>
    </message>
    <message>
        <source>or its card was replaced</source>
        <translation>모델이나 카드가 바뀌었습니다</translation>
    </message>
    <message>
        <source>put it back before the next start</source>
        <translation>다음에 시작하기 전에 파일을 되돌려 놓으십시오</translation>
    </message>
    <message>
        <source>choose it again to use the new one</source>
        <translation>새 모델을 쓰려면 다시 고르십시오</translation>
    </message>
    <message>
        <source>it was kept as {aside}</source>
        <translation>{aside}에 보관하고</translation>
    </message>
    <message>
        <source>it could not be moved out of the way ({reason})</source>
        <translation>옮겨 둘 수 없어({reason}) 그대로 두고</translation>
    </message>
    <message>
        <source>complex </source>
        <translation>복소수 </translation>
    </message>
    <message>
        <source>floating-point </source>
        <translation>실수 </translation>
    </message>
    <message>
        <source>signed </source>
        <translation>부호 있는 정수 </translation>
    </message>
    <message>
        <source>there is no library in {path}; `crackinspector library import` makes one</source>
        <translation>{path}: 라이브러리가 없습니다. `crackinspector library import`로 만들 수 있습니다.</translation>
    </message>
    <message>
        <source>{path} holds other files and is no library; give an empty or a new folder</source>
        <translation>{path}: 다른 파일이 있고 라이브러리가 아닙니다. 빈 폴더나 새 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>{path} was written by a newer crackinspector; update this one to open it</source>
        <translation>{path}: 더 새로운 crackinspector로 만든 라이브러리입니다. 이 프로그램을 업데이트하십시오.</translation>
    </message>
    <message>
        <source>nothing can be written to {path}; copy the library and open the copy</source>
        <translation>{path}: 쓸 수 없습니다. 라이브러리를 복사해서 사본을 여십시오.</translation>
    </message>
    <message>
        <source>nothing can be written to {path}: it is open to be read</source>
        <translation>{path}: 쓸 수 없어 읽기 전용으로 열었습니다.</translation>
    </message>
    <message>
        <source>another program is writing to {path} for more than {seconds} s; wait for it, try again</source>
        <translation>{path}: 다른 프로그램이 {seconds}초 넘게 쓰고 있습니다. 기다렸다가 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>cannot write to {path}: no space left on device; free some space</source>
        <translation>{path}: 쓸 수 없습니다(저장 공간이 없습니다). 공간을 비우십시오.</translation>
    </message>
    <message>
        <source>cannot use {path}: {reason}; {remedy}</source>
        <translation>{path}: 쓸 수 없는 라이브러리입니다({reason}). {remedy}.</translation>
    </message>
    <message>
        <source>{path} is not there any more, or is another folder now; put its disk or card back</source>
        <translation>{path}: 폴더가 없어졌거나 다른 폴더로 바뀌었습니다. 디스크나 메모리 카드를 다시 넣으십시오.</translation>
    </message>
    <message>
        <source>finished one snapshot that a program had begun which was ended</source>
        <translation>종료된 프로그램이 시작한 사진 1장을 마무리했습니다</translation>
    </message>
    <message>
        <source>finished {count} snapshots that a program had begun which was ended</source>
        <translation>중간에 끝난 프로그램이 남긴 사진 {count}장의 저장을 마쳤습니다.</translation>
    </message>
    <message>
        <source>what a program had begun could not be finished and is tried again later: {reason}</source>
        <translation>중간에 끝난 프로그램의 작업을 마치지 못했습니다({reason}). 나중에 다시 시도합니다.</translation>
    </message>
    <message>
        <source>pictures that were deleted are still there: {reason}</source>
        <translation>삭제한 사진이 아직 남아 있습니다({reason}).</translation>
    </message>
    <message>
        <source>the last verdicts could not be written in time</source>
        <translation>마지막 검토 결과를 제때 저장하지 못했습니다</translation>
    </message>
    <message>
        <source>the library was closed before it could be written; open it and do it again</source>
        <translation>쓰기 전에 라이브러리가 닫혔습니다. 다시 열어 한 번 더 하십시오.</translation>
    </message>
    <message>
        <source>{name} has no finding {finding} any more; look at it again</source>
        <translation>{name}: 검출 {finding} 항목이 없어졌습니다. 다시 확인하십시오.</translation>
    </message>
    <message>
        <source>{path} has no snapshot {name}; look for it in another library</source>
        <translation>{path}: 이 사진이 없습니다({name}). 다른 라이브러리에서 찾아보십시오.</translation>
    </message>
    <message>
        <source>{path} has no such snapshots; ask for others</source>
        <translation>{path}: 그런 사진이 없습니다. 다른 사진을 고르십시오.</translation>
    </message>
    <message>
        <source>{name} {deleted}; `library import --again` brings its picture back</source>
        <translation>{name}: {deleted}. `library import --again`으로 사진을 되살릴 수 있습니다.</translation>
    </message>
    <message>
        <source>{name} {deleted}; --again brings it back</source>
        <translation>{name}: {deleted}. --again으로 되살릴 수 있습니다.</translation>
    </message>
    <message>
        <source>{name} has an event that is dated {date}, so nothing can follow; restore it from a backup</source>
        <translation>{name}: 날짜가 {date}인 기록이 있어 더 적을 수 없습니다. 백업에서 되돌리십시오.</translation>
    </message>
    <message>
        <source>the history of {name} would be longer than {count} bytes and could not be read any more; delete the snapshot for good and import its picture again</source>
        <translation>{name}: 기록이 {count}바이트보다 길어져 읽을 수 없게 됩니다. 사진을 영구 삭제하고 다시 가져오십시오.</translation>
    </message>
    <message>
        <source>a crack map of {name} was removed at this moment; try again</source>
        <translation>{name}: 균열 지도가 방금 삭제되었습니다. 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>{path} has no index; `crackinspector library check --repair --library {library}` makes one of its records</source>
        <translation>{path}: 색인이 없습니다. `crackinspector library check --repair --library {library}` 명령이 기록으로 색인을 만듭니다.</translation>
    </message>
    <message>
        <source>{path} lies on a network file system ({kind}): the index is kept with a rollback journal; let one computer at a time write to it</source>
        <translation>{path}: 네트워크 파일 시스템({kind})에 있어 색인을 롤백 저널로 저장합니다. 한 번에 한 컴퓨터에서만 쓰십시오.</translation>
    </message>
    <message>
        <source>the index of {path} is kept with the journal mode {mode}</source>
        <translation>{path}: 색인을 다음 저널 방식으로 저장합니다: {mode}.</translation>
    </message>
    <message>
        <source>the index was brought to version {version}; as it was, it is kept in {path}</source>
        <translation>색인의 버전을 올렸습니다(버전 {version}). 이전 색인은 다음 파일에 있습니다: {path}</translation>
    </message>
    <message>
        <source>the index of {path} cannot be used: {reason}; check the disk and the permissions</source>
        <translation>{path}: 색인을 쓸 수 없습니다({reason}). 디스크와 권한을 확인하십시오.</translation>
    </message>
    <message>
        <source>the index of {path} is damaged ({details}), its records may not be; `crackinspector library check --repair --library {library}` makes a new index of them</source>
        <translation>{path}: 색인이 손상되었습니다({details}). 기록은 멀쩡할 수 있으니 `crackinspector library check --repair --library {library}` 명령으로 새 색인을 만드십시오.</translation>
    </message>
    <message>
        <source>the record {path} cannot be read: {reason}; restore it from a backup</source>
        <translation>기록 {path}: 읽을 수 없습니다({reason}). 백업에서 되돌리십시오.</translation>
    </message>
    <message>
        <source>the record {path} is damaged ({details}); restore it from a backup</source>
        <translation>기록 {path}: 손상되었습니다({details}). 백업에서 되돌리십시오.</translation>
    </message>
    <message>
        <source>cannot read {path}: it is not a picture, or is damaged ({details})</source>
        <translation>{path}: 사진이 아니거나 손상되었습니다({details}).</translation>
    </message>
    <message>
        <source>it is not a picture, or is damaged</source>
        <translation>사진이 아니거나 손상되었습니다</translation>
    </message>
    <message>
        <source>the picture {name} is gone from the library; restore {path} from a backup</source>
        <translation>{name}: 사진이 라이브러리에서 없어졌습니다. 백업에서 되돌리십시오: {path}</translation>
    </message>
    <message>
        <source>the picture {name} cannot be read: {reason}; check {path}</source>
        <translation>{name}: 사진을 읽을 수 없습니다({reason}). 다음 파일을 확인하십시오: {path}</translation>
    </message>
    <message>
        <source>the picture {name} has changed since it was kept; restore {path} from a backup</source>
        <translation>{name}: 사진이 저장된 뒤에 바뀌었습니다. 백업에서 되돌리십시오: {path}</translation>
    </message>
    <message>
        <source>the crack map {path} cannot be read: {reason}; restore it from a backup</source>
        <translation>균열 지도 {path}: 읽을 수 없습니다({reason}). 백업에서 되돌리십시오.</translation>
    </message>
    <message>
        <source>the crack map {path} is damaged; restore it from a backup</source>
        <translation>균열 지도 {path}: 손상되었습니다. 백업에서 되돌리십시오.</translation>
    </message>
    <message>
        <source>cannot read {path}: there is not enough memory to decode it</source>
        <translation>{path}: 메모리가 모자라 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>there is nothing to report: {path} has no snapshots outside the bin</source>
        <translation>{path}: 휴지통 밖에 사진이 없어 보고서를 만들 수 없습니다.</translation>
    </message>
    <message>
        <source>{path} has no snapshots of a structure {name}; it has some of {names}</source>
        <translation>{path}: 구조물 {name}의 사진이 없습니다. 있는 구조물: {names}</translation>
    </message>
    <message>
        <source>{name} has no snapshots of an inspection {inspection}; it has some of {names}</source>
        <translation>{name}: 점검 {inspection}의 사진이 없습니다. 있는 점검: {names}</translation>
    </message>
    <message>
        <source>{path} lies in the library; choose another place</source>
        <translation>{path}: 라이브러리 안에 있습니다. 다른 위치를 고르십시오.</translation>
    </message>
    <message>
        <source>{path} is not empty; give an empty or a new folder</source>
        <translation>{path}: 비어 있지 않습니다. 빈 폴더나 새 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>the export to {path} was stopped before it was whole; export it again</source>
        <translation>{path}: 내보내기를 마치기 전에 멈추었습니다. 다시 내보내십시오.</translation>
    </message>
    <message>
        <source>cannot write {path}: it is a folder; give the name of a file in it</source>
        <translation>{path}: 폴더입니다. 그 안의 파일 이름을 적으십시오.</translation>
    </message>
    <message>
        <source>cannot write {path}: there is no folder {folder}; make it, or choose another place</source>
        <translation>{path}: 쓸 수 없습니다. {folder} 폴더가 없습니다. 폴더를 만들거나 다른 위치를 고르십시오.</translation>
    </message>
    <message>
        <source>{path} is not whole, {count} left out: {reason}</source>
        <translation>{path}: {count}장이 빠졌습니다. {reason}</translation>
    </message>
    <message>
        <source>{name} is shown without all of its crack maps: {reason}</source>
        <translation>{name}은(는) 히트맵 일부 없이 표시합니다: {reason}</translation>
    </message>
    <message>
        <source>{name} is exported with boxes in the place of its masks: {reason}</source>
        <translation>{name}: 마스크 대신 사각형으로 내보냈습니다({reason}).</translation>
    </message>
    <message>
        <source>cannot read the logo {path}: {reason}; choose another picture</source>
        <translation>로고 {path}: 읽을 수 없습니다({reason}). 다른 그림을 고르십시오.</translation>
    </message>
    <message>
        <source>it is not a picture</source>
        <translation>그림이 아닙니다</translation>
    </message>
    <message>
        <source>the printer does not take anything; see whether it is on and has paper, and try again</source>
        <translation>프린터가 인쇄를 받지 않습니다. 전원과 용지를 확인하고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>the printer has stopped; see whether it has paper, and try again</source>
        <translation>프린터가 멈추었습니다. 용지를 확인하고 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>there are no pictures to import in {paths}</source>
        <translation>가져올 사진이 없습니다: {paths}</translation>
    </message>
    <message>
        <source>some pictures in {path} cannot be read and are not in the library; `crackinspector library import` with that folder names them</source>
        <translation>{path}: 읽을 수 없어 라이브러리에 넣지 못한 사진이 있습니다. 이 폴더로 `crackinspector library import`를 실행하면 이름이 나옵니다.</translation>
    </message>
    <message>
        <source>pictures that belong to another place already, and stay there: {count}; to move them choose them in `crackinspector review`, then Place</source>
        <translation>이미 다른 위치에 속해 그대로 둔 사진: {count}장. 옮기려면 `crackinspector review`에서 선택한 뒤 위치를 누르십시오</translation>
    </message>
    <message>
        <source>there is not enough memory for it; try fewer workers (--workers)</source>
        <translation>메모리가 모자랍니다. 작업 수를 줄이십시오(--workers)</translation>
    </message>
    <message>
        <source>unexpected error, please report it: {error}</source>
        <translation>예기치 않은 오류입니다. 제작자에게 알려 주십시오: {error}</translation>
    </message>
    <message>
        <source>{sentence}: it is imported as a picture without a record</source>
        <translation>{sentence}. 기록 없이 사진만 가져왔습니다.</translation>
    </message>
    <message>
        <source>{sentence}: its picture is imported without it</source>
        <translation>{sentence}. 기록 없이 사진만 가져왔습니다.</translation>
    </message>
    <message>
        <source>the record of {name} is damaged ({details})</source>
        <translation>{name}: 기록이 손상되었습니다({details}).</translation>
    </message>
    <message>
        <source>the crack map of {name} has changed since it was kept</source>
        <translation>{name}: 균열 지도가 저장된 뒤에 바뀌었습니다.</translation>
    </message>
    <message>
        <source>{name} has changed since it was kept</source>
        <translation>{name}: 저장된 뒤에 바뀌었습니다.</translation>
    </message>
    <message>
        <source>{name} has changed since it was kept; `crackinspector library check` says more</source>
        <translation>{name}: 저장된 뒤에 바뀌었습니다. 자세한 것은 `crackinspector library check`로 알 수 있습니다.</translation>
    </message>
    <message>
        <source>{name}: the process that analysed it was {ending}; the other pictures are not affected</source>
        <translation>{name}: 분석하던 프로세스가 끝났습니다({ending}). 다른 사진에는 영향이 없습니다.</translation>
    </message>
    <message>
        <source>{name}: the process that looked at it was {ending}; the other snapshots are not affected</source>
        <translation>{name}: 분석하던 프로세스가 끝났습니다({ending}). 다른 사진에는 영향이 없습니다.</translation>
    </message>
    <message>
        <source>a worker failed unexpectedly: {error}</source>
        <translation>분석 중에 예기치 않은 오류가 났습니다: {error}</translation>
    </message>
    <message>
        <source>worker processes {ending} before they took a picture; --workers 1 --debug may show why</source>
        <translation>분석 프로세스가 사진을 받기 전에 끝났습니다({ending}). --workers 1 --debug로 까닭을 알 수 있습니다.</translation>
    </message>
    <message>
        <source>the pictures cannot be laid over each other for certain: {reason}; compare them by eye</source>
        <translation>두 사진을 확실하게 맞출 수 없습니다({reason}). 눈으로 비교하십시오.</translation>
    </message>
    <message>
        <source>too few points look alike ({count})</source>
        <translation>닮은 점이 너무 적습니다({count}개)</translation>
    </message>
    <message>
        <source>the points that look alike contradict each other</source>
        <translation>닮은 점들이 서로 어긋납니다</translation>
    </message>
    <message>
        <source>they have only {share} in common</source>
        <translation>겹치는 부분이 {share}뿐입니다</translation>
    </message>
    <message>
        <source>only {share} of the points that look alike fit together</source>
        <translation>닮은 점의 {share}만 서로 맞습니다</translation>
    </message>
    <message>
        <source>the points that fit together all lie in one corner</source>
        <translation>서로 맞는 점이 한쪽 구석에만 있습니다</translation>
    </message>
    <message>
        <source>there is too little on the surface that could be compared</source>
        <translation>표면에 비교할 만한 무늬가 너무 적습니다</translation>
    </message>
    <message>
        <source>only {share} of the surface looks the same in both, and nowhere else the same</source>
        <translation>두 사진에서 뚜렷이 같은 표면이 {share}뿐입니다</translation>
    </message>
    <message>
        <source>{share} of the surface lies elsewhere or has changed</source>
        <translation>표면의 {share}가 어긋나거나 바뀌었습니다</translation>
    </message>
    <message>
        <source>they would be off by {px} px</source>
        <translation>{px} px 어긋납니다</translation>
    </message>
    <message>
        <source>the four points do not fit together</source>
        <translation>네 점이 서로 맞지 않습니다</translation>
    </message>
    <message>
        <source>with these points {reason}</source>
        <translation>이 점으로는 {reason}</translation>
    </message>
    <message>
        <source>they would lie over each other as a line</source>
        <translation>두 사진이 한 줄로 겹칩니다</translation>
    </message>
    <message>
        <source>one would be folded</source>
        <translation>사진이 접힙니다</translation>
    </message>
    <message>
        <source>one would be mirrored</source>
        <translation>사진이 뒤집힙니다</translation>
    </message>
    <message>
        <source>one would be enlarged more than {count} times</source>
        <translation>사진이 {count}배 넘게 커집니다</translation>
    </message>
    <message>
        <source>one would be stretched too much</source>
        <translation>사진이 너무 늘어납니다</translation>
    </message>
    <message>
        <source>they would not touch</source>
        <translation>두 사진이 맞닿지 않습니다</translation>
    </message>
    <message>
        <source>{path} has no snapshot {name} any more; reload it</source>
        <translation>{path}: 사진이 없어졌습니다({name}). 다시 불러오십시오.</translation>
    </message>
    <message>
        <source>no model has looked at {name}, so its cracks cannot be compared; run a model over it first</source>
        <translation>{name}: 모델이 분석하지 않아 균열을 비교할 수 없습니다. 먼저 모델로 분석하십시오.</translation>
    </message>
    <message>
        <source>the crack map {path} cannot be read; `library check` tells what is damaged</source>
        <translation>균열 지도 {path}: 읽을 수 없습니다. `library check`로 손상된 것을 알 수 있습니다.</translation>
    </message>
    <message>
        <source>it is not a library&apos;s record</source>
        <translation>라이브러리의 기록이 아닙니다</translation>
    </message>
    <message>
        <source>a newer crackinspector wrote it; update this one</source>
        <translation>더 새로운 crackinspector로 만든 기록입니다. 이 프로그램을 업데이트하십시오.</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>너무 깊이 겹쳐 있습니다</translation>
    </message>
    <message>
        <source>it is longer than {count} bytes</source>
        <translation>{count}바이트보다 깁니다</translation>
    </message>
    <message>
        <source>it speaks of another picture</source>
        <translation>다른 사진의 기록입니다</translation>
    </message>
    <message>
        <source>it is no tombstone ({details})</source>
        <translation>삭제 기록이 아닙니다({details})</translation>
    </message>
    <message>
        <source>its members are of the wrong kind</source>
        <translation>항목의 종류가 맞지 않습니다</translation>
    </message>
    <message>
        <source>it names files that no library has</source>
        <translation>라이브러리에 없는 종류의 파일이 적혀 있습니다</translation>
    </message>
    <message>
        <source>it does not tell of a deletion</source>
        <translation>삭제에 관한 내용이 없습니다</translation>
    </message>
    <message>
        <source>its header gives {width} x {height} pixels</source>
        <translation>머리글의 크기가 {width} x {height} 화소입니다</translation>
    </message>
    <message>
        <source>text was expected</source>
        <translation>글이어야 합니다</translation>
    </message>
    <message>
        <source>{value} is not a name here</source>
        <translation>쓸 수 없는 이름입니다: {value}</translation>
    </message>
    <message>
        <source>a number from 0 to 1 was expected</source>
        <translation>0에서 1까지의 수여야 합니다</translation>
    </message>
    <message>
        <source>a list of regions was expected</source>
        <translation>영역의 목록이어야 합니다</translation>
    </message>
    <message>
        <source>a box was expected</source>
        <translation>사각형이어야 합니다</translation>
    </message>
    <message>
        <source>a box has sides in pixels</source>
        <translation>사각형의 변은 화소 단위여야 합니다</translation>
    </message>
    <message>
        <source>a detection has probabilities and a model</source>
        <translation>검출에 확률과 모델이 있어야 합니다</translation>
    </message>
    <message>
        <source>a withdrawn verdict names what it undoes</source>
        <translation>되돌린 검토에는 대상이 있어야 합니다</translation>
    </message>
    <message>
        <source>a tag has a name</source>
        <translation>태그에 이름이 있어야 합니다</translation>
    </message>
    <message>
        <source>an event is an object</source>
        <translation>기록 하나는 객체여야 합니다</translation>
    </message>
    <message>
        <source>an event has a moment in UTC and a kind</source>
        <translation>기록에 UTC 시각과 종류가 있어야 합니다</translation>
    </message>
    <message>
        <source>an event is named by its content</source>
        <translation>기록의 이름이 내용과 맞지 않습니다</translation>
    </message>
    <message>
        <source>a moment was expected</source>
        <translation>시각이어야 합니다</translation>
    </message>
    <message>
        <source>degrees were expected</source>
        <translation>각도여야 합니다</translation>
    </message>
    <message>
        <source>a picture is an object</source>
        <translation>사진은 객체여야 합니다</translation>
    </message>
    <message>
        <source>a picture has a size</source>
        <translation>사진에 크기가 있어야 합니다</translation>
    </message>
    <message>
        <source>a picture has a digest and a kind</source>
        <translation>사진에 지문과 종류가 있어야 합니다</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} 외 {count}개</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Source</source>
        <translation>영상원</translation>
    </message>
    <message>
        <source>auto, demo, picamera2, /dev/videoN, a file, a folder or an address</source>
        <translation>auto, demo, picamera2, /dev/videoN, 파일, 폴더 또는 주소</translation>
    </message>
    <message>
        <source>Width asked of a camera</source>
        <translation>카메라에 요청할 너비</translation>
    </message>
    <message>
        <source>Height asked of a camera</source>
        <translation>카메라에 요청할 높이</translation>
    </message>
    <message>
        <source>Pictures a second asked of a camera</source>
        <translation>카메라에 요청할 초당 영상 수</translation>
    </message>
    <message>
        <source>Start files again at their end</source>
        <translation>파일이 끝나면 다시 재생</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>a shipped model or a .tflite file</source>
        <translation>기본 제공 모델 또는 .tflite 파일</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드 수</translation>
    </message>
    <message>
        <source>0 measures which number is fastest</source>
        <translation>0이면 가장 빠른 수를 재어 정합니다</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Fine and full show hairlines, fast shows more pictures a second</source>
        <translation>정밀과 전체는 실금까지 보이고, 빠름은 초당 더 많이 봅니다</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>빠름</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>정밀</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>판정 기준</translation>
    </message>
    <message>
        <source>Steadying</source>
        <translation>판정 안정화</translation>
    </message>
    <message>
        <source>A longer time flickers less and answers later</source>
        <translation>길면 덜 깜박이지만 답이 늦어집니다</translation>
    </message>
    <message>
        <source>Most detections a second</source>
        <translation>초당 최대 판정 수</translation>
    </message>
    <message>
        <source>0 sets no limit</source>
        <translation>0이면 제한하지 않습니다</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>히트맵</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색상표</translation>
    </message>
    <message>
        <source>Outline cracks</source>
        <translation>균열 둘레 표시</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>눈금 표시</translation>
    </message>
    <message>
        <source>Rate graph</source>
        <translation>속도 그래프</translation>
    </message>
    <message>
        <source>Crack seen for</source>
        <translation>균열 지속 시간</translation>
    </message>
    <message>
        <source>Before it is an alarm</source>
        <translation>이만큼 보이면 경보로 봅니다</translation>
    </message>
    <message>
        <source>Pause between alarms</source>
        <translation>경보 사이 간격</translation>
    </message>
    <message>
        <source>Snapshot at an alarm</source>
        <translation>경보 때 스냅숏</translation>
    </message>
    <message>
        <source>Video clip at an alarm</source>
        <translation>경보 때 동영상</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Empty: crackinspector in your pictures</source>
        <translation>비우면 내 사진 폴더의 crackinspector</translation>
    </message>
    <message>
        <source>JPEG quality</source>
        <translation>JPEG 품질</translation>
    </message>
    <message>
        <source>Clip: pictures a second</source>
        <translation>동영상: 초당 영상 수</translation>
    </message>
    <message>
        <source>Clip: time before the start</source>
        <translation>동영상: 시작 전 시간</translation>
    </message>
    <message>
        <source>Clip: longest</source>
        <translation>동영상: 최대 길이</translation>
    </message>
    <message>
        <source>Clip: with heat map and label</source>
        <translation>동영상: 히트맵과 판정 포함</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>라이브러리</translation>
    </message>
    <message>
        <source>From the next start; empty: library, beside the snapshots</source>
        <translation>다음 시작부터 적용, 비우면 스냅숏 폴더 안의 library</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>검토자</translation>
    </message>
    <message>
        <source>The name beside your verdicts; empty: your login name</source>
        <translation>검토에 적힐 이름, 비우면 로그인 이름</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어두움</translation>
    </message>
    <message>
        <source>Sunlight</source>
        <translation>햇빛</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>움직임 줄이기</translation>
    </message>
    <message>
        <source>The heat map goes at once instead of fading</source>
        <translation>히트맵이 서서히 흐려지지 않고 바로 사라집니다</translation>
    </message>
    <message>
        <source>Size of buttons</source>
        <translation>버튼 크기</translation>
    </message>
    <message>
        <source>9 mm suits gloves</source>
        <translation>장갑을 끼면 9 mm가 알맞습니다</translation>
    </message>
    <message>
        <source>Pixels per inch of the screen</source>
        <translation>화면의 인치당 화소</translation>
    </message>
    <message>
        <source>0 asks the screen</source>
        <translation>0이면 화면에서 알아냅니다</translation>
    </message>
    <message>
        <source>reTerminal&apos;s buttons</source>
        <translation>reTerminal 버튼</translation>
    </message>
    <message>
        <source>The keys A, S, D, F act as F1, F2, F3 and O, except while text is typed</source>
        <translation>글자를 적을 때가 아니면 A, S, D, F 키가 F1, F2, F3, O로 동작합니다</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>화면 표시</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>경보</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>스냅숏</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>창</translation>
    </message>
</context>
</TS>
